using System.CommandLine;
using OpenAIWorker.Cli;

namespace OpenAIWorker.Tests.Cli;

/// <summary>What is said of a command line before any verb runs.</summary>
public sealed class ParseSpecs
{
    [Theory]
    [InlineData("snd", "'snd' is no verb here. Did you mean send?", "See worker --help.")]
    [InlineData("frobnicate", "'frobnicate' is no verb here.", "See worker --help.")]
    [InlineData("send message-modle", "'message-modle' is no verb here. Did you mean message-model?", "See worker send --help.")]
    [InlineData("send classify-text two words", "'words' is one argument too many. Several words are one argument between quotes.", "See worker send classify-text --help.")]
    [InlineData("check --conect", "'--conect' is no option here. Did you mean --connect?", "See worker check --help.")]
    [InlineData("check --zzz", "'--zzz' is no option here.", "See worker check --help.")]
    public void A_wrong_word_is_named_and_a_near_one_is_proposed(string line, params string[] says) =>
        Assert.Equal(says, ParseProblems.Of(WorkerCommand.Verbs([]).Parse(line)));

    [Theory]
    [InlineData("--model", "--modle")]
    [InlineData("Concurrency", "Concurency")]
    public void Names_a_few_letters_apart_are_near(string name, string given) => Assert.Equal(name, OpenAIWorker.Settings.Spelling.Nearest(given, [name, "other"]));

    [Fact]
    public void Help_of_every_verb_fits_80_columns() => Assert.All(Below(WorkerCommand.Verbs([]), []), verb =>
    {
        var root = WorkerCommand.Verbs([]);
        HelpText.Apply(root, 80);
        using var help = new StringWriter();
        root.Parse([.. verb, "--help"]).Invoke(new() { Output = help });

        Assert.Contains("Usage:", help.ToString(), StringComparison.Ordinal);
        Assert.All(help.ToString().Split('\n'), line => Assert.True(line.TrimEnd().Length <= 80, $"{string.Join(' ', verb)}: {line}"));
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
