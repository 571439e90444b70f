using System.Text;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Tests.Security;

/// <summary>A message of a hostile sender, and its ending.</summary>
/// <param name="Name">The description.</param>
/// <param name="Made">Makes its bytes: some are large, and not kept.</param>
/// <param name="Ends">The failure code, or <c>completed</c>.</param>
sealed record HostileMessage(string Name, Func<byte[]> Made, string Ends)
{
    const string Half = @"\ud800";
    const string Most = "\"model\":\"m\",\"messages\":[{\"text\":\"x\"}]";
    const string Retried = "\"model\":\"m+status:500#1\",\"messages\":[{\"text\":\"x\"}]";
    const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    // With the header's name and the table around it, exactly a frame of 128 KB.
    const int Frame = 130_900;

    public byte[] Body => Made();

    public IReadOnlyDictionary<string, object?> Headers { get; private init; } = new Dictionary<string, object?>();

    public string? ContentType { get; private init; }

    public static readonly IReadOnlyList<HostileMessage> All =
    [
        // Invalid text.
        Of("half a character as id", $$"""{"jobId":"{{Half}}",{{Most}}}""", FailureCodes.Unreadable),
        Of("half a character as id of a misfit", $$"""{"jobId":"{{Half}}","model":5}""", FailureCodes.Unreadable),
        Of("half a character as a member", $$"""{"{{Half}}":1,{{Most}}}""", FailureCodes.Unreadable),
        Of("half a character as a long member beside metadata",
            $$"""{"{{Half}}abcdefgh":1,"metadata":{"a":"1"},{{Most}}}""", FailureCodes.Unreadable),
        Of("half a character in metadata", $$"""{"metadata":{"{{Half}}":"1"},"model":5}""", FailureCodes.Unreadable),
        Of("half a character in extra", $$"""{"extra":{"a":"{{Half}}"},{{Most}}}""", FailureCodes.Unreadable),
        Of("half a character in a schema",
            $$$"""{"output":{"type":"jsonSchema","name":"n","schema":{"a":"{{{Half}}}"}},{{{Most}}} }""",
            FailureCodes.Unreadable),
        Of("bytes that are no UTF-8", [.. "{\"model\":\"m\",\"messages\":[{\"text\":\""u8, 0xff, 0xfe, .. "\"}]}"u8],
            FailureCodes.Unreadable),
        Of("bytes that are no UTF-8 in a misfit", [.. "{\"jobId\":\""u8, 0xff, .. "\",\"model\":5}"u8],
            FailureCodes.Unreadable),
        Of("NUL", """{"model":"m","messages":[{"text":"a\u0000b"}],"metadata":{"a\u0000":"\u0000"}}""",
            Endings.Completed),
        // Invalid structure.
        Of("the same pair twice in a misfit", """{"metadata":{"a":"1","a":"2"},"model":5}""",
            FailureCodes.InvalidRequest),
        Of("the same member twice", $$"""{"model":"a","metadata":{"a":"1","a":"2"},{{Most}}}""",
            FailureCodes.InvalidRequest),
        Of("the same member twice in extra", $$$"""{"extra":{"a":1,"a":2},{{{Most}}} }""", FailureCodes.InvalidRequest),
        Of("100,000 arrays in each other",
            $$"""{"messages":{{new string('[', 100_000)}}{{new string(']', 100_000)}}}""", FailureCodes.Unreadable),
        Of("5,000 arrays in extra",
            $$$"""{"extra":{"a":{{{new string('[', 5_000)}}}{{{new string(']', 5_000)}}} },{{{Most}}} }""",
            FailureCodes.Unreadable),
        Of("5,000 objects in a tool's parameters",
            $$$"""{"tools":[{"function":{"name":"f","parameters":{{{Nested(5_000)}}} }}],{{{Most}}} }""",
            FailureCodes.Unreadable),
        Of("nothing in arrays", """{"model":"m","messages":[null],"tools":[null],"stop":[null]}""",
            FailureCodes.InvalidRequest),
        Of("an endless number", $$"""{"temperature":1e999,{{Most}}}""", FailureCodes.InvalidRequest),
        Of("a number of a million digits", $$"""{"maxTokens":{{new string('9', 1_000_000)}},{{Most}}}""",
            FailureCodes.InvalidRequest),
        // Too much.
        Of("100,000 texts",
            $$"""{"model":"m","messages":[{{string.Join(',', Enumerable.Repeat("""{"text":"x"}""", 100_000))}}]}""",
            Endings.Completed),
        Of("200,000 pairs",
            $$$"""{"metadata":{ {{{string.Join(',', Enumerable.Range(0, 200_000).Select(number => $"\"{number}\":\"x\""))}}} },{{{Most}}} }""", Endings.Completed),
        Large("a text of 15 MB", () => $$"""{"model":"m","messages":[{"text":"{{new string('x', 15_000_000)}}"}]}""",
            Endings.Completed),
        Large("a pair that fills the message",
            () => $$"""{"metadata":{"a":"{{new string('x', 16 * 1024 * 1024 - 100)}}"},{{Most}}}""",
            FailureCodes.ResultTooLarge),
        Large("a pair that fills the message, and waits",
            () => $$"""{"metadata":{"a":"{{new string('x', 16 * 1024 * 1024 - 120)}}"},{{Retried}}}""",
            FailureCodes.ResultTooLarge),
        Large("a pair that fills a misfit",
            () => $$"""{"metadata":{"a":"{{new string('x', 16 * 1024 * 1024 - 100)}}"},"model":5}""",
            FailureCodes.InvalidRequest),
        Of("a model's name of 200,000 characters in a misfit",
            $$"""{"model":"{{new string('m', 200_000)}}","messages":7}""", FailureCodes.InvalidRequest),
        Of("a credential's name of 200,000 characters", $$"""{"credential":"{{new string('c', 200_000)}}",{{Most}}}""",
            FailureCodes.UnknownCredential),
        // Looks like the worker's own.
        With("full headers of a job that waits", $$"""{{{Retried}}}""", Endings.Completed,
            ("x", new string('x', Frame))),
        With("full headers of a job that fails", """{"model":5}""", FailureCodes.InvalidRequest,
            ("x", new string('x', Frame))),
        With("9,000 headers", $$"""{{{Retried}}}""", Endings.Completed,
            [.. Enumerable.Range(0, 9_000).Select(number => ($"h{number}", (object?)1))]),
        With("a trace of 100,000 characters", $$"""{{{Most}}}""", Endings.Completed, ("traceparent", Trace),
            ("tracestate", $"a={new string('x', 100_000)}")),
        With("counts of another kind", $$"""{{{Retried}}}""", Endings.Completed,
            ("openai-worker-waits", new List<object?> { 1, "a" }), ("openai-worker-first-seen", "x"),
            ("openai-worker-state", 7), ("openai-worker-usage", new byte[] { 0xff }), ("openai-worker-failed", -5L)),
        With("MassTransit's headers of another kind", $$"""{{{Most}}}""", Endings.Completed,
            ("MT-Response-Address", "nonsense"), ("MT-Request-Id", "x"), ("MT-Host-Info", "nonsense"),
            ("MT-Initiator-Id", 5L), ("MT-Redelivery-Count", "x"), ("MT-Fault-Address", 5)),
        With("a state of nothing", $$"""{{{Most}}}""", Endings.Completed,
            ("openai-worker-state", """{"calls":[null]}""")),
        With("a state of half a call", $$"""{{{Most}}}""", Endings.Completed,
            ("openai-worker-state", """{"calls":[{"call":null,"id":null}]}""")),
        With("a state of no response", $$"""{{{Most}}}""", Endings.Completed,
            ("openai-worker-state", """{"background":{"id":null}}""")),
        With("a state before the first", $$"""{{{Most}}}""", Endings.Completed,
            ("openai-worker-state", """{"rounds":-2000000000}""")),
        With("a response's id that is a path", $$"""{{{Most}}}""", Endings.Completed,
            ("openai-worker-state", """{"background":{"id":"../files?x="}}""")),
        With("a usage beyond all numbers", $$"""{{{Most}}}""", Endings.Completed,
            ("openai-worker-usage", """{"inputTokens":9223372036854775807,"outputTokens":9223372036854775807}""")),
        With("a time of sending in another age", $$"""{{{Retried}}}""", Endings.Completed,
            ("openai-worker-first-seen", 253402300799000L), ("timestamp_in_ms", long.MinValue)),
        Of("a content type with a line of its own", $$"""{{{Most}}}""", Endings.Completed)
            with { ContentType = "text/plain\r\nx: y" },
        // Limits of a job's members.
        Of("time without end", $$"""{"timeout":"10675199.02:48:05.4775807",{{Most}}}""", FailureCodes.InvalidRequest),
        Of("tries without end", $$"""{"maxRetries":2147483647,{{Most}}}""", FailureCodes.InvalidRequest),
        Of("tries before the first", $$"""{"maxRetries":-2147483648,{{Most}}}""", FailureCodes.InvalidRequest),
        Of("a deadline before all time", $$"""{"deadline":"0001-01-01T00:00:00Z",{{Most}}}""",
            FailureCodes.DeadlineExceeded),
        Of("a deadline after all time", $$"""{"deadline":"9999-12-31T23:59:59Z",{{Retried}}}""", Endings.Completed),
    ];

    public static HostileMessage Named(string name) => All.Single(message => message.Name == name);

    static HostileMessage Of(string name, string body, string ends) => Of(name, Encoding.UTF8.GetBytes(body), ends);

    static HostileMessage Of(string name, byte[] body, string ends) => new(name, () => body, ends);

    static HostileMessage Large(string name, Func<string> body, string ends) =>
        new(name, () => Encoding.UTF8.GetBytes(body()), ends);

    static HostileMessage With(string name, string body, string ends, params (string Name, object? Value)[] headers) =>
        Of(name, body, ends) with { Headers = headers.ToDictionary(header => header.Name, header => header.Value) };

    static string Nested(int times) =>
        string.Concat(Enumerable.Repeat("{\"a\":", times)) + "1" + new string('}', times);
}
