using System.Text;
using System.Text.Json;
using OpenAIWorker.Json;
using OpenAIWorker.Operations.Text.Functions;
using OpenAIWorker.Operations.Text.Responses;

namespace OpenAIWorker.Operations.Text.Chat;

/// <summary>
/// The content of a choice of Chat Completions. Servers write it as a text, as a list of parts, or as the requested
/// JSON.
/// </summary>
/// <param name="Text">The answer.</param>
/// <param name="Reasoning">The model's reasoning.</param>
/// <param name="Refusal">The model's explanation, if it refused.</param>
/// <param name="Annotations">The citations.</param>
/// <param name="Other">Everything else, unchanged.</param>
sealed record ChatContent(string? Text, string? Reasoning, string? Refusal, IReadOnlyList<JsonElement> Annotations,
    IReadOnlyList<JsonElement> Other)
{
    /// <param name="choice">The choice.</param>
    /// <param name="asksForJson">Whether an object may be the answer itself.</param>
    public static ChatContent Of(JsonElement choice, bool asksForJson = false)
    {
        var message = MessageOf(choice);
        var content = message.ValueKind is JsonValueKind.Object or JsonValueKind.Undefined
            ? message.Member("content") ?? choice.Member("text") ?? default
            : message;
        var parts = PartsOf(content);
        return new(
            TextOf(content, parts, asksForJson) ?? message.Member("audio")?.Text("transcript"),
            ThoughtOf(message) ?? Joined(parts, Thought)
                ?? Joined(message.Items("thinking_blocks"), Thought)
                ?? Joined(message.Items("reasoning_details"), Detail),
            Words(message.Text("refusal")) ?? Joined(parts, RefusalOf),
            [.. message.Items("annotations").Concat(parts.SelectMany(AnnotationsOf))],
            [.. Others(message, parts).Concat(ChatOthers.OfMessage(message)).Concat(ChatOthers.OfChoice(choice))]);
    }

    /// <summary>
    /// The message of a choice. A server that streams internally calls it <c>delta</c>; one that searches first returns
    /// several messages.
    /// </summary>
    public static JsonElement MessageOf(JsonElement choice) =>
        choice.Member("message") ?? choice.Member("delta")
            ?? choice.Items("messages").LastOrDefault(message => message.Text("role") == "assistant");

    /// <summary>
    /// The calls of a message. Servers write a list, one object, an object of calls, a JSON text, or content parts.
    /// </summary>
    public static IEnumerable<JsonElement> CallsOf(JsonElement message) => Listed(message.Member("tool_calls"))
        .Concat(message.Items("content").Where(part => part.Text("type") is "tool_use" or "tool_call"))
        .Where(call => call.ValueKind == JsonValueKind.Object);

    /// <summary>The choices of an answer. Servers write a list, one object, or an object of choices.</summary>
    public static IEnumerable<JsonElement> ChoicesOf(JsonElement body) => (body.Member("choices") switch
    {
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray(),
        { ValueKind: JsonValueKind.Object } one =>
            MessageOf(one).ValueKind != JsonValueKind.Undefined || one.Member("text") is not null
            ? [one]
            : one.EnumerateObject().Select(choice => choice.Value),
        _ => Enumerable.Empty<JsonElement>(),
    }).Where(choice => choice.ValueKind == JsonValueKind.Object);

    static IEnumerable<JsonElement> Listed(JsonElement? calls) => calls switch
    {
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray(),
        { ValueKind: JsonValueKind.Object } one => one.Member("function") is not null || one.Text("type") is not null
            ? [one]
            : one.EnumerateObject().Select(call => call.Value),
        { ValueKind: JsonValueKind.String } packed =>
            LenientJson.Parse(Encoding.UTF8.GetBytes(
                packed.GetString()!)) is { ValueKind: not JsonValueKind.String } inner
            ? Listed(inner)
            : [],
        _ => [],
    };

    static List<JsonElement> PartsOf(JsonElement content) => content.ValueKind == JsonValueKind.Array
        ? [.. content.EnumerateArray()
            .SelectMany(part => part.ValueKind == JsonValueKind.Array ? part.EnumerateArray().AsEnumerable() : [part])]
        : [];

    static string? TextOf(JsonElement content, List<JsonElement> parts, bool asksForJson) => content.ValueKind switch
    {
        JsonValueKind.String => content.GetString(),
        JsonValueKind.Object when ContentWords.IsPart(content) && !(asksForJson && content.Text("type") is null) =>
            ContentWords.Of(content),
        JsonValueKind.Object => content.GetRawText(),
        JsonValueKind.Array => Joined(parts, ContentWords.OfText),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => content.GetRawText(),
        _ => null,
    };

    static string? ThoughtOf(JsonElement message) =>
        ChatOthers.Thoughts.Select(name => Words(ContentWords.Of(message.Member(name))))
            .FirstOrDefault(words => words is not null);

    static string? Words(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    static string? Thought(JsonElement part) => part.Text("type") is not ("thinking" or "reasoning" or "reasoning_text")
        ? null
        : ContentWords.Of(part.Member("thinking")) ?? ContentWords.Of(part.Member("reasoning")) ?? ContentWords.Of(part)
        ?? ContentWords.Of(part.Member("summary"));

    static string? Detail(JsonElement detail) => Words(detail.Text("text")) ?? Words(detail.Text("summary"));

    static string? RefusalOf(JsonElement part) =>
        Words(part.Text("refusal")) ?? (part.Text("type") == "refusal" ? Words(ContentWords.Of(part)) : null);

    static IEnumerable<JsonElement> AnnotationsOf(JsonElement part) =>
        part.Items("annotations").Concat(part.Member("text")?.Items("annotations") ?? []);

    static string? Joined(IEnumerable<JsonElement> parts, Func<JsonElement, string?> read) =>
        ContentWords.Joined(parts.Select(read));

    // The result has its own member for it.
    static bool IsRead(JsonElement part) =>
        (ContentWords.OfText(part) ?? Thought(part) ?? part.Text("refusal")) is not null
        || part.Text("type") is "refusal" or "tool_use" or "tool_call" || InlineMedia.IsOne(part)
        && InlineMedia.Has(part);

    static IEnumerable<JsonElement> Others(JsonElement message, List<JsonElement> parts)
    {
        foreach (var part in parts)
        {
            if (part.ValueKind == JsonValueKind.Object && !IsRead(part))
                yield return part;
        }
        foreach (var call in CallsOf(message))
        {
            if (!ToolCalls.IsFunction(call))
                yield return call;
        }
        foreach (var image in message.Items("images"))
        {
            if (!InlineMedia.Has(image))
                yield return image;
        }
        // The text is in reasoning; encrypted parts must be sent back unchanged.
        foreach (var detail in message.Items("reasoning_details"))
        {
            if (Detail(detail) is null || detail.Text("signature") is not null)
                yield return detail;
        }
    }
}
