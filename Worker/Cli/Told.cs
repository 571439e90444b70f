using System.Text;
using OpenAIWorker.Cli.CommandLine;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Cli;

/// <summary>
/// Sentences for a person, as plain text: wrapped at the terminal's width, and unwrapped if a program reads them.
/// </summary>
static class Told
{
    public static void Error(string text)
    {
        text = PlainText.Of(text);
        try
        {
            Console.Error.WriteLine(Console.IsErrorRedirected ? text : Wrapped(text, Columns));
        }
        catch (IOException)
        {
            // The terminal is closed or the disk is full: it cannot be reported.
        }
    }

    public static void Out(string text)
    {
        text = PlainText.Of(text);
        Console.Out.WriteLine(Console.IsOutputRedirected ? text : Wrapped(text, Columns));
    }

    // A terminal that does not know its width says 0.
    static int Columns => Console.WindowWidth is > 0 and var width ? width : HelpText.Usual;

    /// <summary>Wraps line by line and keeps each line's indentation.</summary>
    public static string Wrapped(string text, int width) =>
        string.Join('\n', text.Split('\n').SelectMany(line => Lines(line, width)));

    /// <summary>Splits a line into lines that fit. A longer word stays whole.</summary>
    public static IEnumerable<string> Lines(string text, int width)
    {
        if (text.Length <= width)
            return [text];
        var indent = text[..(text.Length - text.TrimStart(' ').Length)];
        return Broken(text.Split(' ', StringSplitOptions.RemoveEmptyEntries), width - indent.Length)
            .Select(line => indent + line);
    }

    static IEnumerable<string> Broken(IEnumerable<string> words, int width)
    {
        var line = new StringBuilder();
        foreach (var word in words)
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }
            line.Append(line.Length > 0 ? " " : "").Append(word);
        }
        if (line.Length > 0)
            yield return line.ToString();
    }
}
