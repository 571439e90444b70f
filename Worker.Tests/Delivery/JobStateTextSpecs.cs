using System.IO.Compression;
using System.Text;
using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Tests.Delivery;

public sealed class JobStateTextSpecs
{
    [Theory]
    [InlineData(0)]
    [InlineData(50_000)]
    public void What_is_written_is_read_again(int length)
    {
        var state = new JobState
        {
            Step = 3,
            Rounds = 2,
            Background = new("resp_1", DateTimeOffset.UnixEpoch),
            Calls = [new(new() { Id = "a", Name = "weather", Arguments = "{}" }, "call_1") { Due = DateTimeOffset.UnixEpoch, Answer = new('x', length) }, new(new() { Id = "b", Name = "traffic", Arguments = "{}" }, "call_2")],
            Said = [new() { Text = "Hello" }],
        };

        var text = JobStateText.Write(state);

        Assert.Equal(Json(state), Json(JobStateText.Read(text)));
        Assert.InRange(text.Length, 1, 2_000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("""{"step":"many"}""")]
    [InlineData("[1]")]
    [InlineData("not base64!")]
    [InlineData("bm90IGJyb3RsaQ==")]
    public void Nonsense_is_no_state(string text) => Assert.Null(JobStateText.Read(text));

    [Fact]
    public void A_small_header_does_not_become_a_large_state()
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            brotli.Write(Encoding.UTF8.GetBytes($$"""{"previousResponseId":"{{new string('x', 8 * 1024 * 1024)}}"}"""));

        Assert.InRange(packed.Length, 1, 1_000);
        Assert.Null(JobStateText.Read(Convert.ToBase64String(packed.ToArray())));
    }

    static string Json(JobState? state) => JsonSerializer.Serialize(state, JobStateJson.Default.JobState!);
}
