using System.Text.RegularExpressions;

namespace OpenAIWorker.Tests.Contracts;

/// <summary>
/// A table of a document and the heading above it, without code marks, and with only the text of links.
/// </summary>
sealed partial record MarkdownTable(
    string Heading, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    public static IReadOnlyList<MarkdownTable> In(string path)
    {
        var tables = new List<MarkdownTable>();
        var (heading, rows) = ("", new List<IReadOnlyList<string>>());
        var text = Link().Replace(Repository.Read(path).Replace("`", "", StringComparison.Ordinal), "$1");
        foreach (var line in text.Split('\n').Append(""))
        {
            if (line.StartsWith('|'))
                rows.Add([.. line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries)]);
            else if (rows.Count > 0)
            {
                // The second line only separates the header.
                tables.Add(new(heading, rows[0], rows[2..]));
                rows = [];
            }
            if (line.StartsWith('#'))
                heading = line.TrimStart('#', ' ');
        }
        return tables;
    }

    [GeneratedRegex(@"\[([^\]\n]+)\]\([^)\s]+\)")]
    private static partial Regex Link();
}
