using System.Text.Json;

namespace OpenAIWorker.Json;

/// <summary>
/// A wrong value as an error message shows it. Messages are logged and kept, so a value that may be a prompt (because
/// it is long or replaces a text) is shown only by its kind.
/// </summary>
static class ShownValue
{
    /// <summary>The longest text that is shown.</summary>
    public const int Longest = 60;

    /// <summary>A text that names something, such as <c>'gothic'</c>.</summary>
    public static string Of(string? text) => text is null || text.Length <= Longest ? $"'{text}'" : Length(text);

    /// <summary>A value that should be a number, a time or a word.</summary>
    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String when value.GetString()!.Length <= Longest => value.GetRawText(),
        JsonValueKind.Number => Excerpt.Marked(value.GetRawText(), Longest),
        _ => Kind(value),
    };

    /// <summary>The kind of a value, without the value.</summary>
    public static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Length(value.GetString()!),
        JsonValueKind.Array => $"a list of {value.GetArrayLength()} entries",
        JsonValueKind.Object => "an object",
        JsonValueKind.Number => Of(value),
        _ => value.GetRawText(),
    };

    static string Length(string text) => $"a text of {text.Length} characters";
}
