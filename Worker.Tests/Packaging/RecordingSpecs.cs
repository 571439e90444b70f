using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenAIWorker.Cli.Batch.Display;
using OpenAIWorker.Cli.Batch.Output;

namespace OpenAIWorker.Tests.Packaging;

/// <summary>
/// docs/terminal.cast shows the README's commands and their current output. ops/record makes it again.
/// </summary>
public sealed partial class RecordingSpecs
{
    static readonly IReadOnlyList<JsonElement> Lines =
        [.. Repository.Read("docs/terminal.cast").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonElement.Parse(line))];

    // The whole output without cursor movements, as if the screen were infinitely wide.
    static readonly string Screen =
        Flat(Escapes().Replace(string.Concat(Lines.Skip(1).Select(line => line[2].GetString())), ""));

    [Fact]
    public void It_is_one_of_asciinema()
    {
        Assert.Equal(2, Lines[0].GetProperty("version").GetInt32());
        Assert.All(Lines.Skip(1), line => Assert.Equal("o", line[1].GetString()));
        Assert.Equal(Lines.Skip(1).Select(line => line[0].GetDouble()).Order(),
            Lines.Skip(1).Select(line => line[0].GetDouble()));
    }

    [Fact]
    public void The_READMEs_commands_are_in_it_as_they_are_written()
    {
        var commands = Repository.Read("README.md").Split('\n')
            .Where(line => line.StartsWith("dotnet run --project ops/Demo", StringComparison.Ordinal)
                || line.StartsWith("dotnet run --project Worker -- batch", StringComparison.Ordinal))
            .Select(line => Flat(line.Split('#')[0])).ToList();

        Assert.Equal(2, commands.Count);
        Assert.All(commands, command => Assert.Contains($"$ {command}", Screen, StringComparison.Ordinal));
    }

    [Fact]
    public void The_demo_shows_the_columns_and_the_jobs_of_today()
    {
        Assert.Contains(Flat(string.Join(" │ ", "job", "operation", "ending", "answer", "attempts", "waits", "tokens")),
            Screen, StringComparison.Ordinal);
        Assert.All(Repository.Read("ops/samples/jobs.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonElement.Parse(line).GetProperty("jobId").GetString()!),
            job => Assert.Contains($"│ {job} │", Screen, StringComparison.Ordinal));
        Assert.Contains("jobs have an ending; the emulator would have billed", Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Five_hundred_rows_are_interrupted_gone_on_with_and_the_failed_ones_run_again()
    {
        Assert.Matches(@"stopping: \d+ calls running, \d+ jobs not sent\. Press again to end now\.", Screen);
        Assert.All(Sentences(new(163, 4, new Dictionary<string, int> { ["invalid_request"] = 4 }, 0, 0, 333, 1793, 4799,
            0.1m, 0, 0, 0, 4, "answers.csv", 130, null, Examples)), IsShown);
        Assert.All(Sentences(new(320, 13, new Dictionary<string, int> { ["invalid_request"] = 13 }, 167, 4, 0, 3520,
            9488, 0.1m, 0, 0, 0, 4, "answers.csv", 1, null, Examples)), IsShown);
        Assert.All(Sentences(new(17, 0, new Dictionary<string, int>(), 483, 0, 0, 176, 472, 0.1m, 0, 0, 0, 3,
            "answers.csv", 0, null, Examples)), IsShown);
        Assert.Contains(Encoding.UTF8.GetString(new TableRows(["jobId", "text"], echoes: false).Head.Span).Trim(),
            Screen, StringComparison.Ordinal);
        Assert.EndsWith(" 500 $", Screen, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_in_it_ends_in_a_stack_trace() =>
        Assert.DoesNotMatch(@" at \w+(\.\w+)+\(|[Uu]nhandled|An error of the worker itself", Screen);

    static Dictionary<string, string> Examples =>
        new() { ["invalid_request"] = "row-1: The provider answered 400: The emulator was told to answer 400." };

    // A sentence in which any number may stand for its numbers.
    static IEnumerable<string> Sentences(Summary summary) =>
        summary.Lines().Select(line => Numbers().Replace(Regex.Escape(Flat(line)), @"[\d,.]+"));

    static void IsShown(string sentence) => Assert.Matches(sentence, Screen);

    static string Flat(string text) => Spaces().Replace(text, " ").Trim();

    [GeneratedRegex(@"\x1b(\[[0-9;?]*[A-Za-z]|[=>])")]
    private static partial Regex Escapes();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\d(?:[\d,]|\\\.(?=\d))*")]
    private static partial Regex Numbers();
}
