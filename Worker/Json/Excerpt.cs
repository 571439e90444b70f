namespace OpenAIWorker.Json;

/// <summary>The beginning of a text that may be too long. It never ends with half of a surrogate pair.</summary>
static class Excerpt
{
    /// <param name="text">Any text.</param>
    /// <param name="most">The largest number of UTF-16 code units to keep.</param>
    public static string Of(string text, int most) =>
        text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];

    /// <summary>The same, with an ellipsis if something was cut off.</summary>
    public static string Marked(string text, int most) => text.Length <= most ? text : $"{Of(text, most)}…";
}
