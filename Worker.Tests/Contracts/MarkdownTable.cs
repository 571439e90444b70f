namespace OpenAIWorker.Tests.Contracts;

/// <summary>A table of a document, and the heading that it stands under. Code marks are left out.</summary>
sealed record MarkdownTable(string Heading, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    public static IReadOnlyList<MarkdownTable> In(string path)
    {
        var tables = new List<MarkdownTable>();
        var (heading, rows) = ("", new List<IReadOnlyList<string>>());
        foreach (var line in Repository.Read(path).Replace("`", "", StringComparison.Ordinal).Split('\n').Append(""))
        {
            if (line.StartsWith('|'))
                rows.Add([.. line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries)]);
            else if (rows.Count > 0)
            {
                // The second line only draws the rule.
                tables.Add(new(heading, rows[0], rows[2..]));
                rows = [];
            }
            if (line.StartsWith('#'))
                heading = line.TrimStart('#', ' ');
        }
        return tables;
    }
}
