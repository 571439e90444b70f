using OpenAIWorker.Json;

namespace OpenAIWorker.Telemetry;

/// <summary>
/// Text of others in a log or a terminal. Its control characters could start new lines there, or control the terminal.
/// </summary>
static class PlainText
{
    const int LongestName = 256;
    const char Mark = '·';

    /// <summary>A name, such as a job's.</summary>
    public static string Name(string name) => Line(Excerpt.Marked(name, LongestName));

    /// <summary>As one line.</summary>
    public static string Line(string text) => text.Any(char.IsControl)
        ? string.Concat(text.Select(character => char.IsControl(character) ? Mark : character))
        : text;

    /// <summary>Any text; its lines are kept.</summary>
    public static string Of(string text) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Replace("\t", "    ", StringComparison.Ordinal).Split('\n')
            .Select(Line));
}
