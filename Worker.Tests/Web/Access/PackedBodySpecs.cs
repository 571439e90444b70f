using System.IO.Compression;
using System.Net;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Web.Access;

/// <summary>Compressed bodies.</summary>
public sealed class PackedBodySpecs : IDisposable
{
    readonly WebAddress web = new();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("gzip", HttpStatusCode.Accepted)]
    [InlineData("zstd", HttpStatusCode.UnsupportedMediaType)]
    public async Task A_body_may_be_packed_as_is_usual(string encoding, HttpStatusCode status)
    {
        await using var worker = await EmbeddedWorker.Start(web.Settings);
        using var client = web.Client();
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write("""{"model":"m","messages":[{"text":"x"}]}"""u8);
        using var body = new ByteArrayContent(packed.ToArray()) { Headers = { { "Content-Encoding", encoding } } };

        Assert.Equal(status, (await client.PostAsync("/jobs/message-model", body, Cancellation)).StatusCode);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_body_that_is_not_packed_as_it_says_is_its_senders_fault(string encoding)
    {
        await using var worker = await EmbeddedWorker.Start(web.Settings);
        using var client = web.Client();

        foreach (var address in new[] { "/jobs/message-model", "/payloads", "/v1/responses" })
        {
            using var body = new ByteArrayContent("this is packed by nobody"u8.ToArray())
            {
                Headers = { { "Content-Encoding", encoding } }
            };
            var answer = await client.PostAsync(address, body, Cancellation);

            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains("Content-Encoding", await answer.Content.ReadAsStringAsync(Cancellation),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_packed_body_is_bounded_by_what_it_unpacks_to()
    {
        await using var worker = await EmbeddedWorker.Start([.. web.Settings, "--Web:MaxJobBytes=100000"]);
        using var client = web.Client();
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(new byte[10_000_000]);
        using var body = new ByteArrayContent(packed.ToArray()) { Headers = { { "Content-Encoding", "gzip" } } };

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge,
            (await client.PostAsync("/jobs/message-model", body, Cancellation)).StatusCode);
    }

    public void Dispose() => web.Dispose();
}
