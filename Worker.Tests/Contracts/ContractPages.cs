namespace OpenAIWorker.Tests.Contracts;

/// <summary>The pages of the contract: one per operation, and those that operations share.</summary>
static class ContractPages
{
    public const string Index = "Contracts/README.md";

    const string Folder = "Contracts/operations";

    /// <summary>Paths, from the root.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. Repository.Files("Contracts", "*.md").Where(page => page != PackageReadme)];

    /// <summary>The operations that have a page.</summary>
    public static IEnumerable<string> Operations => Repository.Files(Folder, "*.md")
        .Select(page => Path.GetFileNameWithoutExtension(page));

    /// <summary>The package's own page, in which links between pages do not work.</summary>
    public const string PackageReadme = "Contracts/PACKAGE.md";

    public static IReadOnlyList<MarkdownTable> Tables { get; } = [.. All.SelectMany(MarkdownTable.In)];

    public static string Of(string operation) => Repository.Read($"{Folder}/{operation}.md");
}
