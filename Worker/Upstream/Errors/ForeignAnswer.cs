using System.Collections.Frozen;
using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;

namespace OpenAIWorker.Upstream.Errors;

/// <summary>
/// An answer of another API than the called one, such as a provider's own. The next call would return the same.
/// </summary>
static class ForeignAnswer
{
    // Members that an answer of OpenAI's APIs may have in addition to its content.
    static readonly FrozenSet<string> Envelope = new[]
    {
        "id", "object", "created", "created_at", "model", "status", "usage", "error", "choices", "output", "data",
            "results", "service_tier", "system_fingerprint",
        "request_id", "provider", "x_groq", "metadata", "warnings",
    }.ToFrozenSet();

    // A text alone may come from a busy gateway, and does not show an API.
    static readonly string[] Words =
        ["message", "msg", "detail", "reason", "description", "title", "info", "note"];

    /// <summary>Whether an answer lacks the requested members and has others instead.</summary>
    public static bool Is(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.Text("object") is not { Length: > 0 } && !IsError(body)
        && body.EnumerateObject().Any(member => member.NameText() is { } name && !Envelope.Contains(name)
            && !(Words.Contains(name) && member.Value.ValueKind == JsonValueKind.String)
            && SaysSomething(member.Value));

    /// <summary>The failure for another API's answer; otherwise the given one, with the answer's words.</summary>
    public static Failure OrTold(this Failure broken, JsonElement body) => !Is(body) ? Said(broken, body) : broken with
    {
        Kind = FailureKind.Permanent,
        Remedy = Remedy.Operator,
        Message =
            $"{broken.Message} It is another API's answer: check the credential's BaseUrl (including the version, "
                + "such as /v1) and the job's api.",
    };

    // {"code": 10013, "message": "…", "sid": "…"}
    static bool IsError(JsonElement body) =>
        body.Member("code") is { ValueKind: JsonValueKind.Number or JsonValueKind.String } && WordsOf(body) is not null;

    static string? WordsOf(JsonElement body) =>
        Words.Select(word => body.Text(word)).FirstOrDefault(said => !string.IsNullOrWhiteSpace(said));

    static Failure Said(Failure broken, JsonElement body) =>
        WordsOf(body) is { } said
            ? broken with { Message = $"{broken.Message} It says: {PageText.Of(said)}" }
            : broken;

    static bool SaysSomething(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(),
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.String => value.GetRawText().Length > 2,
        _ => false,
    };
}
