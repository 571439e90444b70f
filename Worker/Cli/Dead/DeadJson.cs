using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAIWorker.Delivery.DeadLetters;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Cli.Dead;

/// <summary>Dead letters for a program, one JSON object per line.</summary>
static class DeadJson
{
    static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Group(string operation, string code, string model, int count, DateTimeOffset? oldest,
        DateTimeOffset? newest) => Line(new()
        {
            ["operation"] = operation,
            ["code"] = code,
            ["model"] = OrNothing(model),
            ["jobs"] = count,
            ["oldest"] = oldest,
            ["newest"] = newest,
        });

    public static string Letter(DeadLetter letter) => Line(new()
    {
        ["jobId"] = letter.JobId,
        ["operation"] = letter.Operation,
        ["code"] = letter.Code,
        ["kind"] = letter.Kind,
        ["message"] = letter.Reason,
        ["model"] = OrNothing(letter.Model),
        ["attempts"] = int.TryParse(letter.Attempts, out var attempts) ? attempts : null,
        ["firstSeen"] = letter.FirstSeen,
        ["failedAt"] = letter.FailedAt,
        ["request"] = Body(letter.Body.Span),
    });

    static string Line(JsonObject members) => PlainText.Json(members.ToJsonString(Readable));

    static string? OrNothing(string text) => text.Length > 0 ? text : null;

    // A dead letter's body may not be JSON: then it is a text.
    static JsonNode? Body(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            return Encoding.UTF8.GetString(body);
        }
    }
}
