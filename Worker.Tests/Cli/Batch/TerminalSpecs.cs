using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Cli.Batch;

/// <summary>The program as a person sees it.</summary>
public sealed class TerminalSpecs : TerminalScene
{
    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task A_bar_shows_how_it_stands_and_why_jobs_wait_and_fits(int columns)
    {
        scene.Given(BatchScene.Job("a"), BatchScene.Job("b", model: "m+status:500#1"),
            BatchScene.Job("c", model: "m+status:404"));

        var screen = await Terminal.Run(columns, Batch());

        Assert.Equal(1, screen.ExitCode);
        Assert.Contains("1 waiting: provider_error (", screen.Text);
        Assert.Contains("attempt 2 of 5", screen.Text);
        Assert.Contains("100%  3/3", screen.Text);
        Assert.Contains("2 done  1 failed  0 running", screen.Text);
        Assert.Contains(" in ", screen.Text);
        Assert.Contains("2 succeeded, 1 failed (model_not_found 1)", screen.Text);
        Assert.Contains("model_not_found, such as c: ", screen.Text);
        Assert.Contains("--retry-failed", screen.Text);
        Assert.DoesNotContain("   at ", screen.Text);
        // The terminal wraps what is printed below the bar. The bar itself must fit, or it would leave lines behind.
        Assert.All(screen.Lines.Where(line => line.Contains('━') || line.Contains('─')),
            line => Assert.True(line.Length < columns, $"wider than {columns}: {line}"));
    }

    [Fact]
    public async Task Control_C_stops_what_has_not_begun_and_says_so()
    {
        emulator.Faults.Add("slow:1500");
        scene.Given(Enumerable.Range(0, 100).Select(i => BatchScene.Job($"j{i}")));

        var screen = await Terminal.Run(80, Batch("--Delivery:Concurrency=4"), async () =>
        {
            await Eventually.Is(() =>
                emulator.Calls.Count(call => call.Path.EndsWith("responses", StringComparison.Ordinal)) >= 4);
            return Terminal.Interrupt;
        });

        Assert.Equal(130, screen.ExitCode);
        Assert.Contains("stopping: 4 calls running, 96 jobs not sent", Unbroken(screen.Text));
        Assert.Equal(4, scene.Endings.Count);
    }

    [Fact]
    public async Task The_second_interrupt_ends_at_once()
    {
        scene.Given(Enumerable.Range(0, 20).Select(i => BatchScene.Job($"j{i}", model: "m+slow:80000")));

        var screen = await Terminal.RunTyped(80,
            Batch("--Delivery:Concurrency=4", "--Delivery:StopTimeout=00:05:00"), Twice);

        Assert.Equal(130, screen.ExitCode);
        Assert.Contains("Press again to end now.", Unbroken(screen.Text));
        Assert.Empty(scene.Endings);

        async IAsyncEnumerable<string> Twice(Func<string> soFar)
        {
            await Eventually.Is(() =>
                emulator.Calls.Count(call => call.Path.EndsWith("responses", StringComparison.Ordinal)) >= 4);
            yield return Terminal.Interrupt;
            await Eventually.Is(
                () => Unbroken(soFar()).Contains("Press again to end now.", StringComparison.Ordinal));
            yield return Terminal.Interrupt;
        }
    }

    [Fact]
    public async Task Redirected_it_speaks_in_lines_and_the_summary_is_JSON_when_asked()
    {
        scene.Given(BatchScene.Job("a"), BatchScene.Job("b", model: "m+status:404"));

        var (exitCode, said) = await ForeignProgram.Run("dotnet", "", [WorkerProgram.Path, .. Batch("--summary", "-")],
            new Dictionary<string, string>());

        Assert.Equal(1, exitCode);
        Assert.Contains("\"succeeded\":1,\"failed\":1,\"failuresByCode\":{\"model_not_found\":1}", said);
        Assert.DoesNotContain('━', said);
    }

    [Fact]
    public async Task A_pipe_is_an_input()
    {
        scene.Given(BatchScene.Job("a"), BatchScene.Job("b"));

        var (exitCode, said) = await ForeignProgram.Run("bash", "",
            ["-c",
                $"""dotnet '{WorkerProgram.Path}' batch <(cat '{scene.Input}') -o '{scene.Output}' {string.Join(' ', TestSettings.For(emulator))}"""], new Dictionary<string, string>());

        Assert.True(exitCode == 0, said);
        Assert.Equal(2, scene.Endings.Count);
    }

    [Fact]
    public async Task What_waits_for_its_turn_does_not_run()
    {
        emulator.Faults.Add("slow:1500");
        scene.Given(Enumerable.Range(0, 50).Select(i => BatchScene.Job($"j{i}")));

        var screen = await Terminal.RunWatched(80, Batch("--Delivery:Concurrency=4"), async soFar =>
        {
            await Eventually.Is(() => soFar().Contains("4 running", StringComparison.Ordinal));
            return Terminal.Interrupt;
        });

        Assert.Equal(130, screen.ExitCode);
        Assert.DoesNotContain("50 running", screen.Text);
    }

    [Fact]
    public async Task A_dry_run_counts_and_estimates_and_sends_nothing()
    {
        scene.Given(BatchScene.Job("a", model: "gpt-5.4"),
            """{"operation":"message-model","jobId":"b","model":"gpt-5.4","maxTokens":100,"messages":[{"text":"x"}]}""",
            """{"operation":"message-model","jobId":"c","temprature":1}""");

        var (exitCode, said) = await ForeignProgram.Run("dotnet", "",
            [WorkerProgram.Path, "batch", scene.Input, "--dry-run", .. TestSettings.For(emulator)],
            new Dictionary<string, string>());

        Assert.Equal(1, exitCode);
        Assert.Contains("gpt-5.4: 2 jobs, about ", said);
        Assert.Contains("2 jobs, 1 bad line", said);
        Assert.Empty(emulator.Calls);
    }

    // A terminal wraps lines at its width.
    static string Unbroken(string text) => string.Concat(text.Split('\n').Select(line => line.TrimEnd('\r')));
}
