namespace OpenAIWorker.Bench;

/// <summary>A table to read in a terminal and to paste into a page.</summary>
static class MarkdownTable
{
    public static void Write(IReadOnlyList<string> heads, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        IReadOnlyList<int> widths =
            [.. heads.Select((head, column) =>
                rows.Select(row => row[column].Length).Append(head.Length).Append(3).Max())];
        Line(heads, widths);
        Line([.. widths.Select(width => new string('-', width))], widths);
        foreach (var row in rows)
            Line(row, widths);
    }

    static void Line(IReadOnlyList<string> cells, IReadOnlyList<int> widths) =>
        Console.WriteLine($"| {string.Join(" | ", cells.Zip(widths, (cell, width) => cell.PadRight(width)))} |");
}
