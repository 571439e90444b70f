namespace OpenAIWorker;

/// <summary>
/// The beginning of a text that may be too long. It does not end with half a character, which is no text for others.
/// </summary>
static class Excerpt
{
    /// <param name="text">Any text.</param>
    /// <param name="most">How many UTF-16 code units are kept at most.</param>
    public static string Of(string text, int most) =>
        text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];

    /// <summary>The same, with an ellipsis behind it where something is missing.</summary>
    public static string Marked(string text, int most) => text.Length <= most ? text : $"{Of(text, most)}…";
}
