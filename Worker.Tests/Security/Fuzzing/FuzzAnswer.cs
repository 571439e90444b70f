using System.Globalization;
using System.IO.Compression;
using System.Text;
using CsCheck;
using OpenAIWorker.Json;
using OpenAIWorker.Tests.World;

namespace OpenAIWorker.Tests.Security.Fuzzing;

enum AnswerKind
{
    Whole,
    Cut,
    TooLong,
    Packed,
    Bomb,
    NotPacked,
    Html,
    Nothing,
    NoHttp,
    Stream,

    /// <summary>An answer that a real provider gave, to any question.</summary>
    World,
}

/// <summary>A provider's answer: a real one for this request, with changes.</summary>
/// <param name="Status">The status.</param>
/// <param name="Kind">How it is transferred.</param>
/// <param name="Edits">The changes of the answer's JSON.</param>
/// <param name="Headers">Its headers.</param>
/// <param name="Bytes">The change of the body's bytes.</param>
/// <param name="File">The index in the answers of real providers.</param>
sealed record FuzzAnswer(
    int Status, AnswerKind Kind, IReadOnlyList<Edit> Edits, IReadOnlyList<string> Headers, BytesEdit Bytes, int File)
{
    const int UnpackedMost = 64 * 1024 * 1024;

    static readonly int[] Statuses = [200, 201, 204, 302, 400, 401, 402, 403, 404, 408, 409, 413, 422, 429, 500, 502,
        503, 504, 529, 999];

    static readonly string[] HeaderNames =
    [
        "retry-after", "retry-after-ms", "x-ratelimit-limit-requests", "x-ratelimit-remaining-requests",
        "x-ratelimit-reset-requests",
        "x-ratelimit-limit-tokens", "x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens", "x-request-id",
        "content-type", "set-cookie", "location",
        "openai-processing-ms", "date", "x-should-retry", "content-encoding", "transfer-encoding",
    ];

    static readonly IReadOnlyList<byte[]> Files =
        [.. Repository.Files("Worker.Tests/World/answers", "*.http")
            .Select(path => System.IO.File.ReadAllBytes(Repository.PathOf(path)))];

    static readonly byte[] PackedBomb = Packed(UnpackedMost);

    static readonly Gen<AnswerKind> Kinds = Gen.FrequencyConst(
        (300, AnswerKind.Whole), (10, AnswerKind.Cut), (10, AnswerKind.TooLong), (10, AnswerKind.Packed),
        (1, AnswerKind.Bomb), (10, AnswerKind.NotPacked),
        (10, AnswerKind.Html), (10, AnswerKind.Nothing), (10, AnswerKind.NoHttp), (10, AnswerKind.Stream),
        (60, AnswerKind.World));

    public static readonly Gen<FuzzAnswer> Any = Gen.Select(
        Gen.Frequency((6, Gen.Const(200)), (5, Gen.OneOfConst(Statuses))),
        Kinds,
        Edit.Some,
        Gen.Select(Gen.OneOfConst(HeaderNames), HostileValues.Header, (name, value) => $"{name}: {value}").Array[0, 2],
        BytesEdit.Any,
        Gen.Int[0, 1_000],
        (status, kind, edits, headers, bytes, file) => new FuzzAnswer(status, kind, edits, headers, bytes, file));

    /// <summary>Its bytes for a call of this path.</summary>
    public byte[] Http(string path)
    {
        var json = Bytes.Apply(Encoding.UTF8.GetBytes(
            Edit.Apply(Status is 200 or 201 ? ProviderAnswers.For(path) : ProviderAnswers.Refusal, Edits)));
        return Kind switch
        {
            AnswerKind.Cut => Head(json.Length, json[..(json.Length / 2)]),
            AnswerKind.TooLong => Head(json.Length / 2, json),
            AnswerKind.Packed => Said("application/json", Packed(json), "Content-Encoding: gzip"),
            AnswerKind.Bomb => Said("application/json", PackedBomb, "Content-Encoding: gzip"),
            AnswerKind.NotPacked => Said("application/json", json, "Content-Encoding: gzip"),
            AnswerKind.Html => Said("text/html", "<html><title>Login</title></html>"u8.ToArray()),
            AnswerKind.Nothing => [],
            AnswerKind.NoHttp => "\0\0\0\u0001 SSH-2.0\r\n\r\n"u8.ToArray(),
            AnswerKind.Stream => Said("text/event-stream", [.. "data: "u8, .. json, .. "\n\ndata: [DONE]\n\n"u8]),
            AnswerKind.World => Bytes.Apply(Files[File % Files.Count]),
            _ => Said("application/json", json),
        };
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Status} {Kind} {File % Files.Count} {Bytes} [{Excerpt.Marked(string.Join("; ", Headers), 200)}] "
            + $"[{string.Join("; ", Edits.Select(edit => $"{edit.Kind} {edit.At}: {Excerpt.Marked(edit.Raw, 60)}"))}]");

    byte[] Said(string type, byte[] body, params string[] headers) =>
        ProviderSocket.Http(Status, type, body, ["Connection: close", .. headers, .. Headers]);

    byte[] Head(int length, byte[] body)
    {
        var head =
            $"HTTP/1.1 {Status} X\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: "
                + "close\r\n";
        return [.. Encoding.Latin1.GetBytes($"{head}{string.Concat(Headers.Select(header => $"{header}\r\n"))}\r\n"),
            .. body];
    }

    static byte[] Packed(ReadOnlySpan<byte> bytes)
    {
        using var to = new MemoryStream();
        using (var packing = new GZipStream(to, CompressionLevel.Fastest))
            packing.Write(bytes);
        return to.ToArray();
    }

    static byte[] Packed(int zeros)
    {
        using var to = new MemoryStream();
        using (var packing = new GZipStream(to, CompressionLevel.Optimal))
            for (var (written, block) = (0, new byte[64 * 1024]); written < zeros; written += block.Length)
                packing.Write(block);
        return to.ToArray();
    }
}
