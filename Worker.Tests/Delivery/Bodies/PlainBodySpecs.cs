using System.IO.Compression;
using System.Text;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Bodies;
using OpenAIWorker.Delivery.Messages;

namespace OpenAIWorker.Tests.Delivery.Bodies;

/// <summary>What foreign programs put around a job, and what is removed.</summary>
public sealed class PlainBodySpecs
{
    const string Job = """{"jobId":"j-1","model":"m","messages":[{"text":"x"}]}""";

    [Theory]
    [InlineData(Job)]
    // An item of n8n.
    [InlineData($$"""{"json":{{Job}} }""")]
    [InlineData($$"""{"json":{{Job}},"pairedItem":{"item":0} }""")]
    // CloudEvents, structured.
    [
        InlineData(
            $$"""{"specversion":"1.0","id":"e-1","source":"/x","type":"t","datacontenttype":"application/json","data":{{Job}} }""")]
    [
        InlineData(
            """{"specversion":"1.0","id":"e-1","source":"/x","type":"t","traceparent":"00-1","data_base64":"eyJqb2"""
                + """JJZCI6ImotMSIsIm1vZGVsIjoibSIsIm1lc3NhZ2VzIjpbeyJ0ZXh0IjoieCJ9XX0="}""")]
    [InlineData($$"""{"specversion":"1.0","id":"e-1","source":"/x","type":"t","data":{"json":{{Job}} } }""")]
    // The routing key already names it.
    [InlineData("""{"operation":"message-model","jobId":"j-1","model":"m","messages":[{"text":"x"}]}""")]
    [InlineData("""{"json":{"jobId":"j-1","Operation":"message-model","model":"m","messages":[{"text":"x"}]}}""")]
    public void The_job_is_taken_out(string body) => Assert.Equal(Job, Text(Opened(body)));

    [Fact]
    public void A_job_that_only_speaks_of_wrappers_is_read_as_the_bytes_that_came()
    {
        var body = Encoding.UTF8.GetBytes(
            """{"model":"m","metadata":{"json":"json","operation":"x"},"messages":[{"text":"specversion"}]}""");

        Assert.Same(body, PlainBody.Of(body, null, "message-model").Bytes);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    [InlineData("utf-32BE")]
    public void A_byte_order_mark_is_read_over_and_may_be_missing(string name)
    {
        var encoding = Encoding.GetEncoding(name);

        Assert.Equal(Job, Text(PlainBody.Of([.. encoding.Preamble, .. encoding.GetBytes(Job)], null, "message-model")));
        Assert.Equal(Job, Text(PlainBody.Of(encoding.GetBytes(Job), null, "message-model")));
    }

    [Theory]
    [InlineData(0xA0, 60)]
    [InlineData(0xA1, 60)]
    [InlineData(0xB0, 2000)]
    [InlineData(0xB1, 2000)]
    public void A_text_or_bytes_that_are_a_value_of_amqp_1_0_are_taken_out(byte kind, int length)
    {
        var job = Encoding.UTF8.GetBytes(Job.PadRight(length));
        byte[] size = kind < 0xB0 ? [(byte)length] : [0, 0, (byte)(length / 256), (byte)(length % 256)];

        Assert.Equal(job, PlainBody.Of([0x00, 0x53, 0x77, kind, .. size, .. job], null, "message-model").Bytes);
    }

    [Fact]
    public void Another_value_of_amqp_1_0_is_named() =>
        Assert.Contains("The body is a value of AMQP 1.0",
            PlainBody.Of([0x00, 0x53, 0x77, 0xC1, 0x01, 0x00], null, "message-model").Fault!.Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip", null)]
    [InlineData("gzip", "utf-8")]
    [InlineData("zlib", "deflate")]
    [InlineData("zlib", null)]
    [InlineData("deflate", "deflate")]
    [InlineData("br", "br")]
    [InlineData("none", "gzip")]
    [InlineData("none", "br")]
    [InlineData("none", "UTF-8")]
    [InlineData("none", "anything")]
    public void A_packed_body_is_unpacked_and_a_plain_one_read_under_any_header(string packing, string? encoding) =>
        Assert.Equal(Job, Text(PlainBody.Of(Packed(packing, Encoding.UTF8.GetBytes(Job)), encoding, "message-model")));

    [Theory]
    [InlineData($$"""{"operation":"classify-text","jobId":"j-1"}""",
        "operation is \"classify-text\", but the message has the routing key of message-model.")]
    [InlineData("""{"operation":7}""", "operation is 7, but the message has")]
    [InlineData("""{"specversion":"1.0","id":"e-1"}""", "data is missing")]
    [InlineData("""{"specversion":"1.0","id":"e-1","data":"I am a prompt"}""",
        "data is a text of 13 characters; expected: the job, an object.")]
    [InlineData("""{"specversion":"1.0","id":"e-1","data_base64":"%"}""",
        "data_base64 is not a JSON object in base64.")]
    [InlineData("""{"specversion":"1.0","id":"e-1","data_base64":"eyLtoIAiOjF9"}""",
        "data_base64 is not a JSON object in base64.")]
    [InlineData("""{"messageType":"urn:message:A:B","message":{"model":"m"}}""",
        "messageType is a text of 15 characters; expected: a list of texts")]
    [InlineData("""{"messageType":[1],"message":{"model":"m"}}""", "messageType is a list of 1 entries; expected:")]
    [InlineData("""{"messageType":["urn:message:A:B"],"message":"I am a prompt"}""",
        "message is a text of 13 characters; expected: the job, an object")]
    [InlineData("""{"messageType":["urn:message:A:B"]}""", "message is missing; expected: the job, an object")]
    [InlineData("""[{"model":"m"}]""", "The body is a list")]
    [InlineData("\"{}\"", "it was encoded as JSON twice")]
    public void What_is_no_job_is_refused_by_name(string body, string says) =>
        Assert.Contains(says, Opened(body).Fault!.Message, StringComparison.Ordinal);

    [Fact]
    public void What_is_known_of_a_wrapped_job_is_told_when_it_is_refused() =>
        Assert.Equal("""{"jobId":"j-1","operation":"x"}""",
            Encoding.UTF8.GetString(Opened("""{"json":{"jobId":"j-1","operation":"x"}}""").Bytes));

    [Fact]
    public void An_operation_in_the_body_is_left_where_the_routing_key_is_none() =>
        Assert.Null(PlainBody.Of(Encoding.UTF8.GetBytes("""{"operation":"message-model"}"""), null, "unknown").Fault);

    [Fact]
    public void A_packing_that_is_unknown_is_named() => Assert.Contains(
        "Its content_encoding is 'zstd'; allowed: gzip, deflate and br.",
        PlainBody.Of([0x28, 0xB5, 0x2F, 0xFD], "zstd", "message-model").Fault!.Message, StringComparison.Ordinal);

    [Fact]
    public void A_cloud_event_gives_a_job_its_id() =>
        Assert.Equal("e-1", Opened("""{"specversion":"1.0","id":"e-1","data":{"model":"m"}}""").Id);

    [Theory]
    [InlineData("gzip", 10)]
    [InlineData("zlib", 2)]
    public void A_broken_packed_body_is_unreadable(string packing, int head)
    {
        var packed = Packed(packing, Encoding.UTF8.GetBytes(Job));

        Assert.Equal(FailureCodes.Unreadable,
            PlainBody.Of([.. packed[..head], 0xFF, 0xFF, 0xFF], packing, "message-model").Fault!.Code);
    }

    static PlainBody Opened(string body) => PlainBody.Of(Encoding.UTF8.GetBytes(body), null, "message-model");

    static string Text(PlainBody plain)
    {
        Assert.Null(plain.Fault);
        return Encoding.UTF8.GetString(plain.Bytes);
    }

    internal static byte[] Packed(string packing, byte[] body)
    {
        var packed = new MemoryStream();
        using (Stream into = packing switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Fastest),
            "zlib" => new ZLibStream(packed, CompressionLevel.Fastest),
            "deflate" => new DeflateStream(packed, CompressionLevel.Fastest),
            "br" => new BrotliStream(packed, CompressionLevel.Fastest),
            _ => new BufferedStream(packed),
        })
        {
            into.Write(body);
        }
        return packed.ToArray();
    }
}
