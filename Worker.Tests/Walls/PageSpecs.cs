using System.Text.RegularExpressions;

namespace OpenAIWorker.Tests.Walls;

/// <summary>What pages point to is there.</summary>
public sealed partial class PageSpecs
{
    static readonly string[] Elsewhere = ["http://", "https://", "mailto:", "#"];

    public static TheoryData<string> Pages =>
    [
        .. new[] { ".", "docs", "Contracts", "ops" }
            .SelectMany(folder =>
                Directory.EnumerateFiles(Repository.PathOf(folder), "*.md",
                    folder == "." ? SearchOption.TopDirectoryOnly : SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(Repository.PathOf("."), path).Replace('\\', '/'))
            .Where(path =>
                !path.Contains("/node_modules/", StringComparison.Ordinal)
                    && !path.Contains("/bin/", StringComparison.Ordinal)
                    && !path.Contains("/obj/", StringComparison.Ordinal)),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_of_a_page_leads_to_something(string page)
    {
        var folder = Path.GetDirectoryName(Repository.PathOf(page))!;

        Assert.Empty(
            from Match link in Link().Matches(File.ReadAllText(Repository.PathOf(page)))
            let target = link.Groups[1].Value
            where !Elsewhere.Any(start => target.StartsWith(start, StringComparison.Ordinal))
            let path = Path.Combine(folder, target.Split('#')[0])
            where !File.Exists(path) && !Directory.Exists(path)
            select target);
    }

    [GeneratedRegex(@"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
