using System.IO.Compression;
using System.Text;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Operations;
using static OpenAIWorker.Tests.World.ProviderAnswers;

namespace OpenAIWorker.Tests.World;

/// <summary>
/// Connections that break. An answer whose JSON is complete is paid for; everything else is tried again.
/// </summary>
public sealed class CutAnswerSpecs(WorldScene scene) : IClassFixture<WorldScene>
{
    const string Broken = """{"code":"unreachable","kind":"transient"}""";

    static readonly string Said = Choice("""{"content":"ok"}""");
    static readonly byte[] Picture = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0, 0, 13];

    static readonly string Drawn = $$"""{"data":[{"b64_json":"{{Convert.ToBase64String(Picture)}}"}]}""";

    public static TheoryData<string> Cuts => ["length", "chunks", "reset", "gzip", "gzip and length"];

    [Theory, MemberData(nameof(Cuts))]
    public Task What_breaks_after_its_JSON_is_an_answer(string cut) =>
        Try(cut, "application/json", Said, Chat, """{"ending":"completed","text":"ok"}""");

    [Theory, MemberData(nameof(Cuts))]
    public Task Images_too(string cut) =>
        Try(cut, "application/json", Drawn, Messages.Image, """{"ending":"completed","images":[{"file":{}}]}""");

    [Fact]
    public Task A_transcript_too() => Try("length", "application/json", """{"text":"ok"}""", Messages.Transcription,
        """{"ending":"completed","text":"ok"}""");

    [Fact]
    public Task Other_endpoints_too() => Try("chunks", "application/json", """[{"a":1}]""",
        new CallApi { Method = "POST", Path = "x" }, """{"ending":"completed","body":[{"a":1}]}""");

    public static TheoryData<JobRequest> Refused => [Chat, Messages.Image];

    [Theory, MemberData(nameof(Refused))]
    public Task A_refusal_too(JobRequest job) => Try("chunks", "application/json",
        """{"error":{"code":"context_length_exceeded","message":"Too long."}}""", job,
        """{"ending":"failed","code":"context_length_exceeded"}""", status: 400);

    [Theory]
    [InlineData("""{"choices":[{"message":{"content":"ok"}}]""")]
    [InlineData("""{"choices":[{"message":{"content":"{}"}}], "x": "}""")]
    [InlineData("ok")]
    public Task What_breaks_within_its_JSON_is_tried_again(string body) =>
        Try("length", "application/json", body, Chat, Broken);

    [Fact]
    public Task Sound_that_is_shorter_than_announced_is_none() =>
        Try("length", "audio/mpeg", "ID3 {\"a\":1}", Messages.Speech, Broken);

    [Fact]
    public Task Lines_of_a_file_that_is_shorter_than_announced_are_none() =>
        Try("length", "application/json", "{\"a\":1}\n", new CallApi { Path = "files/file-1/content" }, Broken);

    [Fact]
    public Task A_text_that_is_shorter_than_announced_is_none() =>
        Try("length", "text/plain", "[Music]", Messages.Transcription with { ResponseFormat = "text" }, Broken);

    Task Try(string cut, string type, string body, JobRequest job, string right, int status = 200) =>
        scene.Try(new(cut.Replace(' ', '-'), Http(cut, status, type, Encoding.UTF8.GetBytes(body)), job, right,
            Cut: cut == "reset"));

    static byte[] Http(string cut, int status, string type, byte[] body)
    {
        var packed = cut.StartsWith("gzip", StringComparison.Ordinal);
        if (packed)
            // The checksum and the length come last.
            body = Gzip(body)[..^8];
        var framing = cut == "chunks" ? "Transfer-Encoding: chunked"
            : $"Content-Length: {body.Length + (cut == "gzip" ? 0 : 9)}";
        return
        [
            .. Encoding.ASCII.GetBytes($"HTTP/1.1 {status} X\r\nContent-Type: {type}\r\n{framing}\r\n"
                + (packed ? "Content-Encoding: gzip\r\n\r\n" : "\r\n")),
            .. cut == "chunks" ? Encoding.ASCII.GetBytes($"{body.Length:x}\r\n") : [],
            .. body,
            .. cut == "chunks" ? "\r\n"u8 : default,
        ];
    }

    static byte[] Gzip(byte[] plain)
    {
        var packed = new MemoryStream();
        using (var packing = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            packing.Write(plain);
        return packed.ToArray();
    }
}
