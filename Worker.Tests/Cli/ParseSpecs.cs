using System.CommandLine;
using OpenAIWorker.Cli;
using OpenAIWorker.Cli.CommandLine;

namespace OpenAIWorker.Tests.Cli;

/// <summary>Messages about a command line before any verb runs.</summary>
public sealed class ParseSpecs
{
    [Theory]
    [InlineData("snd", "'snd' is not a verb here. Did you mean send?", "See worker --help.")]
    [InlineData("frobnicate", "'frobnicate' is not a verb here.", "See worker --help.")]
    [InlineData("send message-modle", "'message-modle' is not an operation here. Did you mean message-model?",
        "See worker send --help.")]
    [InlineData("send classify-text two words",
        "'words' is one argument too many. Several words are one argument between quotes.",
        "See worker send classify-text --help.")]
    [InlineData("send", "OPERATION is missing. It may be message-model, classify-text and others.",
        "See worker send --help.")]
    [InlineData("dead", "VERB is missing. There are list, show, replay, drop.", "See worker dead --help.")]
    [InlineData("dead remove", "'remove' is not a verb here. There are list, show, replay, drop.",
        "See worker dead --help.")]
    [InlineData("check --conect", "'--conect' is not an option here. Did you mean --connect?",
        "See worker check --help.")]
    [InlineData("check --zzz", "'--zzz' is not an option here.", "See worker check --help.")]
    public void A_wrong_word_is_named_and_a_near_one_is_proposed(string line, params string[] says) =>
        Assert.Equal(says, ParseProblems.Of(WorkerCommand.Verbs([]).Parse(line)));

    [Theory]
    [InlineData("sned x", "'sned' is not a verb here. Did you mean send?", "See worker --help.")]
    [InlineData("send message-model hi --modle m", "'--modle' is not an option here. Did you mean --model?",
        "See worker send message-model --help.")]
    [InlineData("batch", "INPUT is missing. A file of jobs, .jsonl or .csv; - is standard input.",
        "See worker batch --help.")]
    [InlineData("completion tcsh", "SHELL is 'tcsh'; allowed: bash, fish, pwsh, zsh.",
        "See worker completion --help.")]
    [InlineData("batch x -o y --limit abc", "--limit is 'abc'; allowed: whole numbers.", "See worker batch --help.")]
    [InlineData("batch x -o y --limit 0", "--limit is '0'; allowed: 1 to 2147483647.", "See worker batch --help.")]
    [InlineData("limits set \"\" --requests 1", "NAME is empty. A group of Limits:Groups in the workers' settings, or "
        + "a model, such as gpt-6-luna.", "See worker limits set --help.")]
    [InlineData("batch x -o \"\"", "--output is empty. Give a value, or leave it out.", "See worker batch --help.")]
    [InlineData("dead drop --job \"\"", "--job is empty. Give a value, or leave it out.",
        "See worker dead drop --help.")]
    [InlineData("dead drop --tenant \"\"", "--tenant is empty. Give a value, or leave it out.",
        "See worker dead drop --help.")]
    [InlineData("web token x --roles admin", "--roles has 'admin'; allowed: send, read, operate.",
        "See worker web token --help.")]
    [InlineData("batch x -o y --limit", "--limit has no value. Give it as --limit VALUE.", "See worker batch --help.")]
    [InlineData("batch x -o y --max-cost NaN", "--max-cost is 'NaN'; allowed: 0.000001 to 1000000000.",
        "See worker batch --help.")]
    [InlineData("dead replay --all --rate NaN", "--rate is 'NaN'; allowed: 0.001 to 100000.",
        "See worker dead replay --help.")]
    [InlineData("dead replay --all --rate 100001", "--rate is '100001'; allowed: 0.001 to 100000.",
        "See worker dead replay --help.")]
    [InlineData("dead list --older-than 0m",
        "--older-than is '0m'; allowed: times such as 30m, 2h, 1d12h or 00:30:00, up to ten years.",
        "See worker dead list --help.")]
    [InlineData("dead list --older-than soon",
        "--older-than is 'soon'; allowed: times such as 30m, 2h, 1d12h or 00:30:00, up to ten years.",
        "See worker dead list --help.")]
    [InlineData("pause", "CREDENTIAL is missing. Its name in the workers' settings, such as default.",
        "See worker pause --help.")]
    [InlineData("limits set m", "Give --requests, --tokens or both, such as --requests 60.",
        "See worker limits set --help.")]
    [InlineData("limits set m --requests -1",
        "--requests is '-1'; allowed: 1 to 1000000000000. To stop all calls: worker pause CREDENTIAL.",
        "See worker limits set --help.")]
    public void A_wrong_value_is_named_with_what_is_allowed(string line, params string[] says) =>
        Assert.Equal(says, ParseProblems.Of(WorkerCommand.Verbs([]).Parse(line)));

    [Fact]
    public void Help_of_many_verbs_says_one_sentence_of_each_and_options_stand_in_groups()
    {
        var (root, batch) = (Help(), Help("batch"));

        Assert.Contains("  batch INPUT        Runs the jobs of a file and writes their endings.\n  cancel", root,
            StringComparison.Ordinal);
        Assert.True(root.Split('\n').Length < 50, root);
        Assert.Contains("\nContinuing an earlier run:\n  --retry-failed", batch, StringComparison.Ordinal);
        Assert.Contains("Default: 100.", Help("dead", "replay"), StringComparison.Ordinal);

        static string Help(params string[] verb)
        {
            var root = WorkerCommand.Verbs([]);
            HelpText.Apply(root, 80);
            using var help = new StringWriter();
            root.Parse([.. verb, "--help"]).Invoke(new() { Output = help });
            return help.ToString();
        }
    }

    [Theory]
    [InlineData("a sentence that is longer", 12, "a sentence\nthat is\nlonger")]
    [InlineData("short", 12, "short")]
    [InlineData("https://a.example/of-a-long-name is whole", 10, "https://a.example/of-a-long-name\nis whole")]
    [InlineData("one\n    two three four", 12, "one\n    two\n    three\n    four")]
    public void A_sentence_is_broken_between_its_words(string text, int width, string lines) =>
        Assert.Equal(lines, Told.Wrapped(text, width));

    [Theory]
    [InlineData("--model", "--modle")]
    [InlineData("Concurrency", "Concurency")]
    public void Names_a_few_letters_apart_are_near(string name, string given) =>
        Assert.Equal(name, OpenAIWorker.Settings.Spelling.Nearest(given, [name, "other"]));

    [Fact]
    public void Help_of_every_verb_fits_80_columns() => Assert.All(Below(WorkerCommand.Verbs([]), []), verb =>
    {
        var root = WorkerCommand.Verbs([]);
        HelpText.Apply(root, 80);
        using var help = new StringWriter();
        root.Parse([.. verb, "--help"]).Invoke(new() { Output = help });

        Assert.Contains("Usage:", help.ToString(), StringComparison.Ordinal);
        Assert.All(help.ToString().Split('\n'),
            line => Assert.True(line.TrimEnd().Length <= 80, $"{string.Join(' ', verb)}: {line}"));
    });

    [Fact]
    public void Help_says_where_settings_are_shown()
    {
        using var help = new StringWriter();
        WorkerCommand.Verbs([]).Parse("--help").Invoke(new() { Output = help });

        Assert.Contains("'worker settings' shows them", help.ToString(), StringComparison.Ordinal);
    }

    static IEnumerable<IReadOnlyList<string>> Below(Command command, IReadOnlyList<string> path) =>
        command.Subcommands.SelectMany(verb => Below(verb, [.. path, verb.Name])).Prepend(path);
}
