using CsCheck;
using RabbitMQ.Client;

namespace OpenAIWorker.Tests.Security.Fuzzing;

/// <summary>Values in the place of something else.</summary>
static class HostileValues
{
    static readonly string[] Texts =
    [
        "", " ", "x", "NaN", "Infinity", "-Infinity", "null", "true", "1e999", "-1", "99999999999999999999",
        "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z",
        "10675199.02:48:05.4775807", "-00:00:01", "00:00:00.001", "../../etc/passwd", "https://host.invalid/x",
        "http://127.0.0.1/", "file:///etc/passwd", "data:,x",
        "a\\r\\nb: c", "\\u0000", "\\u001b[2J", "\\u202e", "\\ud83d\\ude00", "\\ud800", "\\udc00x", "{{x}}", "%00",
        "%2e%2e%2f", "completed", "failed", "queued",
        "in_progress", "function_call", "message", "tool_calls", "jsonSchema", "system", "default", "high", "base64",
        "eA==", "====", "resp_1", "file-1",
        new('x', 300), new('x', 20_000), string.Concat(Enumerable.Repeat("字", 3_000)),
    ];

    static readonly string[] Others =
    [
        "null", "true", "false", "0", "-0", "1", "-1", "0.5", "1e999", "-1e999", "1e-999", "1e308", "2147483648",
        "9223372036854775807", "9223372036854775808", "-9223372036854775809",
        "253402300800", "-62135596801", new('9', 400), "NaN", "Infinity", "undefined", "'x'", "/*x*/1", "01", "+1",
        "1.", "[]", "{}", "[null]", "[[]]", "[{}]", "[1,\"a\",null,{}]",
        """{"":1}""", """{"a":1,"a":2}""", """{"type":"text","text":"x"}""", """{"message":"x","code":429}""",
        """{"\ud800":1}""", """{"$type":"System.Object"}""",
        Deep(20), Deep(63), Deep(65), Deep(3_000), Nested(70), $"[{string.Join(',', Enumerable.Repeat("0", 5_000))}]",
    ];

    /// <summary>The form in JSON, or in the place of JSON.</summary>
    public static readonly Gen<string> Raw = Gen.OneOfConst([.. Others, .. Texts.Select(text => $"\"{text}\"")]);

    /// <summary>The form in an HTTP header.</summary>
    public static readonly Gen<string> Header = Gen.OneOfConst(
        "", "0", "-1", "1", "0.5", "1e999", "NaN", "99999999999999999999", "1ms", "-5s", "6m0s", "9999999h", "x",
        "2026-01-01T00:00:00Z",
        "Wed, 21 Oct 2099 07:28:00 GMT", "\u00ff", "a,b,c", "gzip", "text/html; charset=utf-16", "chunked",
        new('9', 2_000));

    /// <summary>The form in an AMQP header.</summary>
    public static readonly Gen<object?> Amqp = Gen.OneOfConst<object?>(
        null, true, -1, 0, 1, int.MaxValue, long.MinValue, long.MaxValue, 1.5, 1.5f, (short)-1, (byte)255, double.NaN,
        double.PositiveInfinity, 3.5m,
        new AmqpTimestamp(long.MaxValue), new AmqpTimestamp(-1), new BinaryTableValue([0xff, 0]),
        new byte[] { 0xff, 0, 0xfe },
        new List<object?> { 1, "x", null, new List<object?>() },
        new Dictionary<string, object?> { ["a"] = new Dictionary<string, object?> { [""] = 1L } },
        "", "x", "1e999", "-1", "99999999999999999999", "null", "{}", "[]", "a\r\nb: c", "\0", "\ud83d\ude00",
        """{"audioSeconds":1e999}""", """{"inputTokens":-1}""", """{"calls":[null]}""",
        """{"background":{"id":"../x"}}""", """{"rounds":-2000000000}""", Deep(3_000),
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "00-x-y-z", new string('x', 5_000));

    static string Deep(int depth) => new string('[', depth) + new string(']', depth);

    static string Nested(int depth) =>
        string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
}
