using OpenAIWorker.Telemetry;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace OpenAIWorker.Cli;

/// <summary>
/// Rows for a person: a table if the terminal is wide enough for whole words, else a paragraph for each row. Programs
/// such as <c>grep</c> get the table, in any width: a broken id could be neither found nor copied.
/// </summary>
static class Grid
{
    /// <param name="columns">The names of the columns; the first one names the row.</param>
    /// <param name="rows">Their cells.</param>
    public static void Write(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        IReadOnlyList<string[]> plain = [.. rows.Select(row => row.Select(PlainText.Line).ToArray())];
        var table = new Table().AddColumns([.. columns]);
        foreach (var row in plain)
            table.AddRow([.. row.Select(Markup.Escape)]);
        var width = WidthOf(table);
        if (!Console.IsOutputRedirected && width > AnsiConsole.Profile.Width)
        {
            foreach (var row in plain)
                Told.Out($"{row[0]}\n  {Words(columns, row)}");
            return;
        }
        AnsiConsole.Profile.Width = width;
        AnsiConsole.Write(table);
    }

    static int WidthOf(IRenderable table) =>
        table.Measure(RenderOptions.Create(AnsiConsole.Console, AnsiConsole.Profile.Capabilities), short.MaxValue).Max;

    static string Words(IReadOnlyList<string> columns, string[] row) => string.Join(", ",
        columns.Zip(row).Skip(1).Where(cell => cell.Second.Length > 0).Select(cell => $"{cell.First} {cell.Second}"));
}
