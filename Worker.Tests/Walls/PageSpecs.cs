using System.Text.RegularExpressions;

namespace OpenAIWorker.Tests.Walls;

/// <summary>Links of pages lead to existing targets, and lines fit on a screen.</summary>
public sealed partial class PageSpecs
{
    const int Longest = 120;

    public static TheoryData<string> Pages => [.. MarkdownPage.All];

    // The changelog may have one long line per change, so that changes made in parallel merge.
    public static TheoryData<string> PagesOfProse => [.. MarkdownPage.All.Where(page => page != "CHANGELOG.md")];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_of_a_page_leads_to_a_file_and_a_heading(string page) =>
        Assert.Empty(new MarkdownPage(page).BrokenLinks);

    // A link without a space cannot be broken.
    [Theory]
    [MemberData(nameof(PagesOfProse))]
    public void No_line_of_prose_is_longer_than_120_characters(string page) => Assert.Empty(
        from line in new MarkdownPage(page).Prose
        where line.Text.Length > Longest && line.Text.TrimStart().Contains(' ', StringComparison.Ordinal)
        select $"{page}:{line.Number}: {line.Text.Length}");

    [Fact]
    public void Every_page_that_code_names_is_one()
    {
        var named =
            from folder in new[] { "Contracts", "Worker", "Worker.Tests", "ops" }
            from ending in new[] { "*.cs", "*.csproj", "*.json", "*.yaml", "*.yml", "*.conf", "*.config", "*.sh" }
            from path in Files(folder, ending)
            from Match match in Page().Matches(Repository.Read(path))
            select (path, page: match.Value);

        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.True(File.Exists(Repository.PathOf(name.page)), $"{name}"));
    }

    [Fact]
    public void The_first_page_is_short_and_leads_to_every_page_of_the_manual()
    {
        var first = Repository.Read("README.md");

        Assert.InRange(first.Split('\n').Length, 50, 200);
        Assert.All(MarkdownPage.All.Where(page => page.StartsWith("docs/", StringComparison.Ordinal)
            && page.Count(letter => letter == '/') == 1),
            page => Assert.Contains($"]({page}", first, StringComparison.Ordinal));
    }

    // NuGet shows it without this repository.
    [Theory]
    [InlineData("Contracts/PACKAGE.md")]
    [InlineData("Worker/PACKAGE.md")]
    public void A_packages_page_has_no_links_into_the_repository(string page) =>
        Assert.DoesNotMatch(@"\]\((?!https://)", Repository.Read(page));

    static IEnumerable<string> Files(string folder, string ending) =>
        Directory.EnumerateFiles(Repository.PathOf(folder), ending, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.PathOf("."), file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Any(part => part is "bin" or "obj" or "node_modules" or "recorded"));

    [GeneratedRegex(@"(?<![\w/.{}])(?:docs|ops|Contracts)/[\w/-]+\.md\b")]
    private static partial Regex Page();
}
