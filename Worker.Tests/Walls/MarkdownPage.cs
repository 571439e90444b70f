using System.Text.RegularExpressions;

namespace OpenAIWorker.Tests.Walls;

/// <summary>A page of the repository: its links, anchors and prose.</summary>
sealed partial class MarkdownPage(string path)
{
    static readonly string[] Elsewhere = ["http://", "https://", "mailto:"];

    // Code and its output are not prose, and a # in them is not a heading.
    readonly string text =
        Fence().Replace(Repository.Read(path), block => new('\n', block.Value.Count(c => c == '\n')));

    /// <summary>Paths of all pages, from the root.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. new[] { "Contracts", "Worker", "docs", "ops" }.SelectMany(folder => Repository.Files(folder, "*.md"))
            .Concat(Directory.EnumerateFiles(Repository.PathOf("."), "*.md").Select(file => Path.GetFileName(file)))
            .Where(page => !page.Contains("/node_modules/", StringComparison.Ordinal)),
    ];

    /// <summary>Links into this repository whose file or heading does not exist.</summary>
    public IEnumerable<string> BrokenLinks =>
        from Match link in Link().Matches(text)
        let target = link.Groups[1].Value
        where !Elsewhere.Any(start => target.StartsWith(start, StringComparison.Ordinal))
        let parts = target.Split('#')
        let file = parts[0].Length == 0 ? path : Joined(parts[0])
        where !(File.Exists(Repository.PathOf(file)) || Directory.Exists(Repository.PathOf(file)))
            || (parts.Length > 1 && !new MarkdownPage(file).Anchors.Contains(parts[1]))
        select target;

    /// <summary>Lines of prose with their numbers: no code, no tables, no headings.</summary>
    public IEnumerable<(int Number, string Text)> Prose =>
        from line in text.Split('\n').Index()
        where !line.Item.StartsWith('|') && !line.Item.StartsWith('#')
        select (line.Index + 1, line.Item);

    // In GitHub's way: a second heading with the same words gets -1.
    HashSet<string> Anchors =>
    [
        .. Heading().Matches(text).Select(heading => AnchorOf(heading.Groups[1].Value))
            .GroupBy(anchor => anchor, StringComparer.Ordinal)
            .SelectMany(same => same.Select((anchor, index) => index == 0 ? anchor : $"{anchor}-{index}")),
    ];

    static string AnchorOf(string heading) => string.Concat(
        Link().Replace(heading, link => link.Value[1..link.Value.IndexOf(']', StringComparison.Ordinal)])
            .Trim().ToLowerInvariant()
            .Where(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '-' or '_'))
        .Replace(' ', '-');

    string Joined(string relative) => Path.GetRelativePath(Repository.PathOf("."),
        Path.Combine(Path.GetDirectoryName(Repository.PathOf(path))!, relative)).Replace('\\', '/');

    [GeneratedRegex(@"^ *(```|~~~).*?^ *\1", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex("^#{1,6} +(.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\[[^\]]*\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
