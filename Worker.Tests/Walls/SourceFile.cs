using System.Text.RegularExpressions;

namespace OpenAIWorker.Tests.Walls;

/// <summary>A source file without its comments and texts: only what it uses.</summary>
sealed partial record SourceFile(string Path, string Code)
{
    public static IReadOnlyList<SourceFile> Below(string folder) =>
        [.. Repository.Files(folder, "*.cs")
            .Select(path => new SourceFile(path, CommentOrText().Replace(Repository.Read(path), " ")))];

    /// <summary>The words of its code, without repetition.</summary>
    public IEnumerable<string> Words => Word().Matches(Code).Select(word => word.Value).Distinct();

    public bool Uses(string pattern) => Regex.IsMatch(Code, pattern);

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    [GeneratedRegex("\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|//[^\\n]*", RegexOptions.Singleline)]
    private static partial Regex CommentOrText();
}
