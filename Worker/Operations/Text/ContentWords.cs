using System.Text.Json;
using OpenAIWorker.Json;

namespace OpenAIWorker.Operations.Text;

/// <summary>Texts as servers write them: a text, a part with one, or a list of both, possibly nested.</summary>
static class ContentWords
{
    // No real answer is nested deeper.
    const int Deepest = 8;

    static readonly string[] Members = ["text", "content", "value", "parts"];

    /// <summary>All texts of a value, whatever its members are called; null if there are none.</summary>
    public static string? Of(JsonElement? said) => said is { } value ? Any(value, Deepest) : null;

    /// <summary>The text of a part that is neither reasoning nor a refusal; null if it has none.</summary>
    public static string? OfText(JsonElement part) =>
        part.ValueKind == JsonValueKind.String
            ? part.GetString()
            : IsText(part.Text("type"))
            ? Any(part, Deepest)
            : null;

    /// <summary>Whether an object is a content part, not the requested JSON.</summary>
    public static bool IsPart(JsonElement content) => content.ValueKind == JsonValueKind.Object
        && (content.Text("type") is { } type ? IsText(type) : content.EnumerateObject()
            .All(member => member.NameText() is "text" or "content" or "value" or "parts" or "role"))
        && Any(content, Deepest) is not null;

    static bool IsText(string? type) => type is null
        || type.Equals("text", StringComparison.OrdinalIgnoreCase)
        || type.Equals("output_text", StringComparison.OrdinalIgnoreCase)
        || type.Equals("input_text", StringComparison.OrdinalIgnoreCase);

    static string? Any(JsonElement said, int depth) => said.ValueKind switch
    {
        JsonValueKind.String => said.GetString(),
        JsonValueKind.Array when depth > 0 => Joined(said.EnumerateArray().Select(item => Any(item, depth - 1))),
        JsonValueKind.Object when depth > 0 =>
            Members.Select(name => said.Member(name) is { } inner ? Any(inner, depth - 1) : null)
                .FirstOrDefault(words => words is not null),
        _ => null,
    };

    public static string? Joined(IEnumerable<string?> texts)
    {
        var words = texts.OfType<string>().ToList();
        return words.Count == 0 ? null : string.Concat(words);
    }
}
