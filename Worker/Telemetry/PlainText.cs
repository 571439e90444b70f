namespace OpenAIWorker.Telemetry;

/// <summary>
/// What others wrote, for a log or a terminal. Its control characters would begin lines of their own there, or steer
/// the terminal.
/// </summary>
static class PlainText
{
    const int LongestName = 256;
    const char Mark = '·';

    /// <summary>A name, such as a job's.</summary>
    public static string Name(string name) => Line(Excerpt.Marked(name, LongestName));

    /// <summary>One line.</summary>
    public static string Line(string text) => text.Any(char.IsControl)
        ? string.Concat(text.Select(character => char.IsControl(character) ? Mark : character))
        : text;

    /// <summary>Any text, which keeps its lines.</summary>
    public static string Of(string text) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Replace("\t", "    ", StringComparison.Ordinal).Split('\n')
            .Select(Line));
}
