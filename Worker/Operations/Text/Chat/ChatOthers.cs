using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream.Bodies;

namespace OpenAIWorker.Operations.Text.Chat;

/// <summary>
/// Members that Chat Completions do not define and that servers add: sources, tools that they ran, encrypted reasoning.
/// Each becomes a named item of the other output.
/// </summary>
static class ChatOthers
{
    /// <summary>The members in which servers return the model's reasoning, the most common first.</summary>
    public static readonly string[] Thoughts = ["reasoning_content", "reasoning", "thinking", "reasoning_text",
        "thoughts"];

    static readonly FrozenSet<string> Message = new[]
    {
        "role", "content", "refusal", "reasoning_content", "reasoning", "thinking", "tool_calls", "function_call",
            "annotations", "audio", "images",
        "reasoning_details", "reasoning_text", "thoughts", "name", "prefix", "parsed", "tool_call_id",
    }.ToFrozenSet();

    static readonly FrozenSet<string> Choice = new[]
    {
        "index", "message", "delta", "text", "finish_reason", "native_finish_reason", "stop_reason", "matched_stop",
            "logprobs",
        "content_filter_results", "content_filter_result", "content_filter_offsets", "token_ids", "prompt_token_ids",
        "seed",
    }.ToFrozenSet();

    // Members about the call, not about the answer.
    static readonly FrozenSet<string> Body = new[]
    {
        "id", "object", "created", "model", "choices", "usage", "system_fingerprint", "service_tier", "provider",
            "x_groq", "prompt_filter_results", "prompt",
        "metrics", "timings", "time_info", "stats", "model_info", "runtime", "prompt_logprobs",
        "prompt_token_ids", "kv_transfer_params", "request_id",
        "metadata", "base_resp", "usage_breakdown", "nvext", "obfuscation",
    }.ToFrozenSet();

    static readonly FrozenSet<string> Accompanying = new[]
    {
        "citations", "search_results", "executed_tools", "context", "provider_specific_fields", "thinking_blocks",
            "extra_content", "web_search", "search_info",
        "related_questions", "error",
    }.ToFrozenSet();

    /// <summary>Whether an item only accompanies an answer.</summary>
    public static bool Accompanies(JsonElement item) => item.Text("type") is { } type && Accompanying.Contains(type);

    public static IEnumerable<JsonElement> OfBody(JsonElement body) => Of(body, IsOther(Body), texts: false);

    /// <summary>The same for a response, which has many members of its own.</summary>
    public static IEnumerable<JsonElement> OfResponse(JsonElement body) =>
        Of(body, Accompanying.Contains, texts: false);

    public static IEnumerable<JsonElement> OfChoice(JsonElement choice) => Of(choice, IsOther(Choice), texts: false);

    public static IEnumerable<JsonElement> OfMessage(JsonElement message)
    {
        // The bytes become a file; a later message refers to the id.
        if (message.Member("audio") is { ValueKind: JsonValueKind.Object } audio)
        {
            yield return JsonSerializer.SerializeToElement(new JsonObject
            {
                ["type"] = "audio",
                ["id"] = audio.Text("id"),
                ["expires_at"] = audio.Number("expires_at"),
                ["transcript"] = audio.Text("transcript"),
            });
        }
        foreach (var other in Of(message, IsOther(Message), texts: true))
            yield return other;
    }

    static Func<string, bool> IsOther(FrozenSet<string> known) => name => !known.Contains(name);

    static IEnumerable<JsonElement> Of(JsonElement thing, Func<string, bool> isMeant, bool texts)
    {
        if (thing.ValueKind != JsonValueKind.Object)
            yield break;
        foreach (var member in thing.EnumerateObject())
        {
            if (member.NameText() is { } name && isMeant(name)
                && IsSomething(member.Value, texts || name == "error"))
                yield return Named(name, member.Value);
        }
    }

    static bool IsSomething(JsonElement value, bool texts) => value.ValueKind switch
    {
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.Object => value.EnumerateObject().Any(member => member.Value.ValueKind != JsonValueKind.Null),
        JsonValueKind.String => texts && value.GetString() is { Length: > 0 },
        _ => false,
    };

    static JsonElement Named(string name, JsonElement value) =>
        new JsonBody { { "type", name }, { name == "type" ? "value" : name, value } }.ToJson();
}
