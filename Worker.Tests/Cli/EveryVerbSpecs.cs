using System.CommandLine;
using OpenAIWorker.Cli;
using OpenAIWorker.Cli.CommandLine;
using OpenAIWorker.Operations;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Cli;

/// <summary>
/// Every verb as it is typed first: alone, and with --help. Nothing is wider than the terminal, no cursor movement goes
/// into a file, and the exit code shows an incomplete command.
/// </summary>
public sealed class EveryVerbSpecs
{
    // So that no database of this machine is used.
    const string Nowhere = "--Storage:Path=/nowhere/worker.db";

    // The help of all operations is generated in the same way.
    static readonly IReadOnlyList<string> OtherOperations =
        [.. OperationCatalog.All.Skip(1).Select(operation => $"send {operation.Name}")];

    static IEnumerable<string> All => Below(WorkerCommand.Verbs([]), "");

    public static TheoryData<string> Verbs => [.. All.Except(OtherOperations)];

    [Theory]
    [InlineData("")]
    [InlineData("jobs list")]
    public async Task Help_fits_a_terminal(string verb)
    {
        var screen = await Terminal.Run(80, [.. Words(verb), "--help"]);

        Assert.Equal(0, screen.ExitCode);
        Assert.Contains("Usage: worker", screen.Text, StringComparison.Ordinal);
        Fits(screen, 80);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Alone_it_does_what_it_can_or_says_what_is_missing(string verb)
    {
        var expected = verb == "settings" ? 0 : 2;

        var narrow = await Terminal.Run(80, [.. Words(verb), Nowhere]);
        var (exitCode, said) = await ForeignProgram.Run("dotnet", "", [WorkerProgram.Path, .. Words(verb), Nowhere],
            new Dictionary<string, string> { ["OPENAI_API_KEY"] = "", ["TERM"] = "xterm-256color" });

        Assert.Equal((expected, expected), (narrow.ExitCode, exitCode));
        Fits(narrow, 80);
        Assert.NotEqual("", said.Trim());
        Assert.DoesNotContain('\e', said);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    // Settings have lines of their own length, and the others are sentences.
    [Theory]
    [InlineData("")]
    [InlineData("settings")]
    [InlineData("send message-model")]
    public async Task Alone_it_fits_a_wide_terminal_too(string verb) =>
        Fits(await Terminal.Run(120, [.. Words(verb), Nowhere]), 120);

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void Help_of_every_verb_says_how_to_use_it_and_fits(int columns)
    {
        var page = new HelpPage(columns);

        Assert.All(Commands(WorkerCommand.Verbs([])).Select(page.Of), help =>
        {
            Assert.Contains("Usage: ", help, StringComparison.Ordinal);
            Assert.All(help.Split('\n'),
                line => Assert.True(line.Length <= columns, $"wider than {columns}: {line}"));
        });
    }

    // The terminal may wrap a long word, such as a path or a setting with its value, but not a sentence.
    static void Fits(Screen screen, int columns)
    {
        Assert.DoesNotContain("   at ", screen.Text, StringComparison.Ordinal);
        Assert.All(screen.Lines.Where(line => !line.Contains(" = ", StringComparison.Ordinal)),
            line => Assert.True(line.Length <= columns || !line.Trim().Contains(' '), $"wider than {columns}: {line}"));
    }

    static string[] Words(string verb) => verb.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    static IEnumerable<string> Below(Command command, string path) =>
        command.Subcommands.Where(verb => !verb.Hidden)
            .SelectMany(verb => Below(verb, $"{path} {verb.Name}".Trim())).Prepend(path);

    static IEnumerable<Command> Commands(Command command) =>
        command.Subcommands.SelectMany(Commands).Prepend(command);
}
