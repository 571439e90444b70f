using System.Text.RegularExpressions;

namespace OpenAIWorker.Tests.Walls;

/// <summary>Lines of code fit side by side on a screen.</summary>
public sealed partial class LineSpecs
{
    const int Longest = 120;

    public static TheoryData<string> Folders => ["Contracts", "Worker", "Worker.Tests", "ops"];

    // A raw text is sent or shown as it is: a line break in it would change it.
    [Theory]
    [MemberData(nameof(Folders))]
    public void No_line_of_code_is_longer_than_120_characters(string folder) => Assert.Empty(
        from path in Repository.Files(folder, "*.cs")
        let code = RawText().Replace(Repository.Read(path), text => new string('\n', text.Value.Count(c => c == '\n')))
        from line in code.Split('\n').Index()
        where line.Item.Length > Longest
        select $"{path}:{line.Index + 1}: {line.Item.Length}");

    [GeneratedRegex("\"{3,}.*?\"{3,}", RegexOptions.Singleline)]
    private static partial Regex RawText();
}
