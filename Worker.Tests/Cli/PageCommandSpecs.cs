using System.Text.RegularExpressions;
using OpenAIWorker.Cli;
using OpenAIWorker.Cli.CommandLine;
using OpenAIWorker.Tests.Walls;

namespace OpenAIWorker.Tests.Cli;

/// <summary>The program accepts the commands and settings on the pages exactly as they are written there.</summary>
public sealed partial class PageCommandSpecs
{
    public static TheoryData<string> Pages =>
        [.. MarkdownPage.All.Where(page => page != "CHANGELOG.md" && Shown(page).Any())];

    public static TheoryData<string> PagesWithSettings =>
        [.. MarkdownPage.All.Where(page => page != "CHANGELOG.md" && Setting().IsMatch(Repository.Read(page)))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_program_understands_every_command_of_a_page(string page) => Assert.All(Shown(page), command =>
    {
        var (settings, words) = SettingArguments.Split(WordsOf(command));

        Assert.All(settings, setting => Assert.True(IsSetting(setting.TrimStart('-').Split('=')[0]), setting));
        Assert.Empty(WorkerCommand.Verbs([]).Parse(words).Errors.Select(error => error.Message));
    });

    [Theory]
    [MemberData(nameof(PagesWithSettings))]
    public void Every_setting_that_a_page_names_is_one(string page) => Assert.All(
        Setting().Matches(Repository.Read(page)).Select(match => match.Groups[1].Value).Distinct(),
        setting => Assert.True(IsSetting(setting), setting));

    // In code blocks: "worker batch …", or the same with dotnet run, without variables before it and comments after it.
    static IEnumerable<string> Shown(string page) =>
        from Match block in Fence().Matches(Repository.Read(page))
        where block.Groups["language"].Value is "" or "sh"
        from line in block.Groups["lines"].Value.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')
        from Match command in Command().Matches(Remark().Replace(line, ""))
        select command.Groups[1].Value;

    static IReadOnlyList<string> WordsOf(string command) =>
        [.. Word().Matches(command).Select(word => Quote().Replace(word.Value, ""))];

    // Or a section of settings. A name that the operator chooses, such as a credential's, may be anything.
    static bool IsSetting(string path) => path is "settings"
        || path.StartsWith("Logging:", StringComparison.Ordinal)
        || SettingsCatalog.All.Any(setting => Begins(setting.Path.Split(':'), path.Split(':')));

    static bool Begins(string[] setting, string[] named) => named.Length <= setting.Length
        && named.Zip(setting).All(pair => pair.Second == "*" || pair.Second == pair.First);

    [GeneratedRegex(@"^ *```(?<language>\w*)\n(?<lines>.*?)^ *```",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Fence();

    [GeneratedRegex(@"(?:^|\| |[\w]+=\S+ )(?:worker|\./worker|dotnet run --project Worker --)((?: +[^|>&\s]\S*)*)")]
    private static partial Regex Command();

    [GeneratedRegex(@"\s# .*$")]
    private static partial Regex Remark();

    [GeneratedRegex("""(?:"[^"]*"|'[^']*'|[^\s"'])+""")]
    private static partial Regex Word();

    [GeneratedRegex("""["']""")]
    private static partial Regex Quote();

    [GeneratedRegex(@"`((?:[A-Z]\w+:)+[A-Z]\w+)(?:=[^`]*)?`")]
    private static partial Regex Setting();
}
