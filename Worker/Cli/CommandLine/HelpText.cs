using System.CommandLine;
using System.CommandLine.Help;

namespace OpenAIWorker.Cli.CommandLine;

/// <summary>Formats help for the terminal's width, or for 80 columns without a terminal.</summary>
static class HelpText
{
    /// <summary>The width if the terminal does not report one.</summary>
    public const int Usual = 80;

    // Longer lines are hard to read.
    const int Longest = 110;

    public static void Apply(RootCommand root) => Apply(root, Width);

    public static void Apply(RootCommand root, int width)
    {
        foreach (var help in root.Options.OfType<HelpOption>())
            help.Action = new HelpPage(width);
    }

    /// <summary>Joins the lines of a text in the source; the help breaks it at the terminal's width.</summary>
    public static string Flowing(string text) => text.ReplaceLineEndings(" ");

    /// <summary>The width of a text for a person.</summary>
    // A terminal that does not know its width says 0.
    public static int Width =>
        !Console.IsOutputRedirected && Console.WindowWidth is > 0 and var width ? Math.Min(width, Longest) : Usual;
}
