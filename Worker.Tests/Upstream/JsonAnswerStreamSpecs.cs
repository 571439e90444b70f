using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream.Bodies;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Tests.Upstream;

/// <summary>Bodies of JSON whose end never comes.</summary>
public sealed class JsonAnswerStreamSpecs
{
    readonly FakeTimeProvider clock = new();

    [Fact]
    public async Task A_complete_answer_does_not_wait_for_an_end_that_never_comes()
    {
        var read = Read("""{"a":"}"}""");

        clock.Advance(JsonAnswerStream.Patience);

        Assert.Equal("""{"a":"}"}""", await read.WaitAsync(TimeSpan.FromSeconds(30),
            TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_incomplete_one_waits()
    {
        using var stop = new CancellationTokenSource();
        var read = Read("""{"a":"}" """, stop.Token);

        clock.Advance(2 * JsonAnswerStream.Patience);
        Assert.False(read.IsCompleted);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
    }

    [Theory]
    [InlineData("{}", true)]
    [InlineData(" \uFEFF[{\"a\":\"\\\\\"}] \r\n", true)]
    [InlineData("{\"a\":\"\\\"}\"}", true)]
    [InlineData("", false)]
    [InlineData("{", false)]
    [InlineData("{\"a\":\"}", false)]
    [InlineData("{\"a\":\"\\\"}", false)]
    [InlineData("1", false)]
    [InlineData("{}\n{}", false)]
    [InlineData("{} x", false)]
    [InlineData("data: {}", false)]
    public void It_is_whole_when_its_one_object_or_list_is(string json, bool isWhole)
    {
        var (atOnce, byByte) = (new JsonExtent(), new JsonExtent());
        var bytes = Encoding.UTF8.GetBytes(json);

        atOnce.Add(bytes);
        foreach (var one in bytes)
            byByte.Add([one]);

        Assert.Equal((isWhole, isWhole), (atOnce.IsWhole, byByte.IsWhole));
    }

    async Task<string> Read(string body, CancellationToken cancellation = default)
    {
        await using var stream = new JsonAnswerStream(
            new JoinedStream(Encoding.UTF8.GetBytes(body), new Silence()), clock);
        var whole = new MemoryStream();
        await stream.CopyToAsync(whole, cancellation);
        return Encoding.UTF8.GetString(whole.ToArray());
    }

    [Fact]
    public async Task A_small_compressed_one_neither()
    {
        var packed = new MemoryStream();
        await using (var packing = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            packing.Write("{}"u8);
        var content = new StreamContent(new JoinedStream(packed.ToArray(), new Silence()));
        content.Headers.ContentEncoding.Add("gzip");
        using var http = new HttpMessageInvoker(new Unpacking(new Answering(content)));
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://provider");
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        var buffer = new byte[9];
        var read = await (await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken))
            .ReadAsync(buffer, TestContext.Current.CancellationToken);

        Assert.Equal("{}"u8.ToArray(), buffer[..read]);
    }

    sealed class Answering(HttpContent with) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request,
            CancellationToken cancellationToken) => Task.FromResult(new HttpResponseMessage { Content = with });
    }

    sealed class Silence : ReadOnceStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer,
            CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return 0;
        }
    }
}
