using System.CommandLine;
using System.CommandLine.Help;

namespace OpenAIWorker.Cli;

/// <summary>Help that fits the terminal, and 80 columns where there is none.</summary>
static class HelpText
{
    /// <summary>How wide a terminal is that does not say.</summary>
    public const int Usual = 80;

    // Longer lines are hard to read.
    const int Longest = 110;

    public static void Apply(RootCommand root) => Apply(root, Width);

    public static void Apply(RootCommand root, int width)
    {
        foreach (var help in root.Options.OfType<HelpOption>())
            help.Action = new HelpPage(width);
    }

    /// <summary>A text of several lines in the source as one, which the help breaks where the terminal ends.</summary>
    public static string Flowing(string text) => text.ReplaceLineEndings(" ");

    /// <summary>How wide a text for a person may be.</summary>
    // A terminal that does not know its width says 0.
    public static int Width =>
        !Console.IsOutputRedirected && Console.WindowWidth is > 0 and var width ? Math.Min(width, Longest) : Usual;
}
