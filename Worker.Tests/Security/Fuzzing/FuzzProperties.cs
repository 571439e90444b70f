using CsCheck;

namespace OpenAIWorker.Tests.Security.Fuzzing;

/// <summary>
/// A message's AMQP properties that the broker accepts. The transport inside the process has only the content type.
/// </summary>
sealed record FuzzProperties(string? ContentType, string? ContentEncoding, string? CorrelationId, string? ReplyTo,
    string? Expiration, byte Priority)
{
    /// <summary>The properties of an unchanged message.</summary>
    public static readonly FuzzProperties Plain = new("application/json", null, null, null, null, 0);

    static readonly string?[] Types =
    [
        null, "", "text/plain", "application/octet-stream", "application/cloudevents+json",
        "application/vnd.masstransit+json", "multipart/form-data",
        "application/json; charset=utf-16", "x", "\u0000", "a/b; c=\"", new('a', 255),
    ];

    static readonly string?[] Encodings = [null, "gzip", "br", "deflate", "utf-8", "x", "gzip, br", new('e', 255)];
    static readonly string?[] Ids = ["", "x", "a\r\nb: c", "\u0000", "\ud83d\ude00", new('c', 255)];
    static readonly string?[] Queues = ["", "nowhere", "openai.jobs", "a\r\nb", "\u0000", new('q', 255)];
    static readonly string?[] Times = ["0", "1", "5000", "4294967295"];

    public static readonly Gen<FuzzProperties> Any = Gen.Frequency((3, Gen.Const(Plain)), (1, Gen.Select(
        Mostly(Types), Mostly(Encodings), Mostly(Ids), Mostly(Queues), Mostly(Times), Gen.Byte,
        (type, encoding, correlation, reply, time, priority) =>
            new FuzzProperties(type, encoding, correlation, reply, time, priority))));

    static Gen<string?> Mostly(string?[] others) =>
        Gen.Frequency((2, Gen.Const((string?)null)), (1, Gen.OneOfConst(others)));
}
