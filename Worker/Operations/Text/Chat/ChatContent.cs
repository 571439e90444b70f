using System.Text.Json;
using OpenAIWorker.Json;
using OpenAIWorker.Operations.Text.Responses;

namespace OpenAIWorker.Operations.Text.Chat;

/// <summary>What a choice of Chat Completions says. Servers write the content as a text, as a list of parts, or as the JSON that was asked for.</summary>
/// <param name="Text">The answer.</param>
/// <param name="Reasoning">What the model thought before.</param>
/// <param name="Refusal">Its words where it refused.</param>
/// <param name="Other">Whatever else there is, as it is.</param>
sealed record ChatContent(string? Text, string? Reasoning, string? Refusal, IReadOnlyList<JsonElement> Other)
{
    public static ChatContent Of(JsonElement choice)
    {
        var message = MessageOf(choice);
        var content = message.ValueKind is JsonValueKind.Object or JsonValueKind.Undefined
            ? message.Member("content") ?? choice.Member("text") ?? default
            : message;
        var parts = content.ValueKind == JsonValueKind.Array ? content.EnumerateArray().ToList() : [];
        return new(
            TextOf(content, parts) ?? message.Member("audio")?.Text("transcript"),
            ThoughtOf(message) ?? Joined(parts, Thought) ?? Joined(message.Items("thinking_blocks"), Thought),
            Words(message.Text("refusal")) ?? Joined(parts, part => Words(part.Text("refusal"))),
            [.. Others(message, parts).Concat(ChatOthers.OfMessage(message)).Concat(ChatOthers.OfChoice(choice))]);
    }

    /// <summary>What the model says in a choice. A server that streams inside calls it <c>delta</c>.</summary>
    public static JsonElement MessageOf(JsonElement choice) => choice.Member("message") ?? choice.Member("delta") ?? default;

    /// <summary>The calls of a message, of which servers make a list, one object, or an object of them.</summary>
    public static IEnumerable<JsonElement> CallsOf(JsonElement message) => message.Member("tool_calls") switch
    {
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray(),
        { ValueKind: JsonValueKind.Object } one => one.Member("function") is not null || one.Text("type") is not null ? [one] : one.EnumerateObject().Select(call => call.Value),
        _ => [],
    };

    /// <summary>The choices of an answer, of which servers make a list, one object, or an object of them.</summary>
    public static IEnumerable<JsonElement> ChoicesOf(JsonElement body) => body.Member("choices") switch
    {
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray(),
        { ValueKind: JsonValueKind.Object } one => MessageOf(one).ValueKind != JsonValueKind.Undefined || one.Member("text") is not null
            ? [one]
            : one.EnumerateObject().Select(choice => choice.Value),
        _ => [],
    };

    static string? TextOf(JsonElement content, List<JsonElement> parts) => content.ValueKind switch
    {
        JsonValueKind.String => content.GetString(),
        JsonValueKind.Object => content.Text("text") ?? content.GetRawText(),
        JsonValueKind.Array => Joined(parts, Said),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => content.GetRawText(),
        _ => null,
    };

    static string? ThoughtOf(JsonElement message) =>
        Words(message.Text("reasoning_content")) ?? Words(message.Text("reasoning")) ?? Words(message.Text("thinking"));

    static string? Said(JsonElement part) => part.ValueKind == JsonValueKind.String
        ? part.GetString()
        : part.Text("type") is null or "text" or "output_text" ? part.Text("text") ?? part.Member("text")?.Text("value") : null;

    static string? Words(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    static string? Thought(JsonElement part) => part.Text("type") is not ("thinking" or "reasoning" or "reasoning_text")
        ? null
        : part.Text("thinking") ?? part.Text("reasoning") ?? part.Text("text") ?? Joined([.. part.Items("thinking"), .. part.Items("summary")], Said);

    static string? Joined(IEnumerable<JsonElement> parts, Func<JsonElement, string?> read)
    {
        var texts = parts.Select(read).OfType<string>().ToList();
        return texts.Count == 0 ? null : string.Concat(texts);
    }

    static IEnumerable<JsonElement> Others(JsonElement message, List<JsonElement> parts)
    {
        foreach (var part in parts)
        {
            if (part.ValueKind == JsonValueKind.Object && Said(part) is null && Thought(part) is null && part.Text("refusal") is null)
                yield return part;
        }
        foreach (var call in CallsOf(message))
        {
            if (call.Member("function") is null)
                yield return call;
        }
        foreach (var image in message.Items("images"))
        {
            if (MadeFiles.DataOf(image) is null)
                yield return image;
        }
        // Its words are in reasoning; what is sealed has to be handed back as it is.
        foreach (var detail in message.Items("reasoning_details"))
        {
            if (detail.Text("text") is null && detail.Text("summary") is null || detail.Text("signature") is not null)
                yield return detail;
        }
    }
}
