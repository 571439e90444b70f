using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Cli.Batch;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Cli;

/// <summary>
/// What an operator does in a terminal to workers on a broker: look, send, cancel, pause, limit, replay.
/// </summary>
public sealed class OrdersInTerminalSpecs(WorkerScene scene, BrokerFixture broker)
    : IClassFixture<WorkerScene>, IClassFixture<BrokerFixture>
{
    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task A_job_that_is_waited_for_shows_its_answer_or_why_it_failed(int columns)
    {
        var answered = await Fits(0, columns, "send", "message-model", "--model", "m", "Say something.", "--wait");
        var failed = await Fits(1, columns, "send", "message-model", "--model", "m+status:404", "x", "--wait");
        var delayed = await Fits(0, columns, "send", "message-model", "--model", "m+status:500#1", "x", "--wait");

        Assert.StartsWith("You said: “Say something.”", answered.Text, StringComparison.Ordinal);
        Assert.StartsWith("model_not_found: The provider answered 404", failed.Text, StringComparison.Ordinal);
        Assert.StartsWith("Waits until ", delayed.Text, StringComparison.Ordinal);
        Assert.Contains("You said: “x”", delayed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_controls_no_terminal_and_reverses_nothing()
    {
        const string text = "red \u001b[31m, \u202Eevil";

        var answer = await Fits(0, 120, "send", "message-model", "--model", "m", text, "--wait");
        var whole = await Fits(0, 120, "send", "message-model", "--model", "m", text, "--wait", "--json");

        Assert.Contains("red ·[31m, ·evil”", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', whole.Text);
    }

    [Fact]
    public async Task Without_waiting_the_jobs_id_is_all_that_is_said_and_cancel_takes_it()
    {
        var sent = await Fits(0, 80, "send", "message-model", "--model", "m+slow:60000", "x");
        var job = Assert.Single(sent.Lines);
        var cancelled = await Fits(0, 80, "cancel", job);

        Assert.Equal($"One worker was told to cancel {job}.", Whole(cancelled));
        Assert.Equal("cancelled", (await scene.Client.Ending(job)).Body.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_credential_is_paused_shown_and_resumed()
    {
        var paused = await Fits(0, 80, "pause", "default", "--for", "1h");
        var held = await Fits(0, 80, "limits", "list");
        var resumed = await Fits(0, 80, "resume", "default");

        Assert.Matches("^default is paused until .*, or 'worker resume default'. One worker was told",
            Whole(paused));
        Assert.Contains("default: paused, since", held.Text, StringComparison.Ordinal);
        Assert.StartsWith("default is resumed. One worker was told", Whole(resumed), StringComparison.Ordinal);
        Assert.Contains("'default' is not paused by an operator", Whole(await Fits(2, 80, "resume", "default")),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_is_set_shown_and_taken_back()
    {
        var set = await Fits(0, 80, "limits", "set", "other-model", "--requests", "6000");
        var list = await Fits(0, 120, "limits", "list");
        var unset = await Fits(0, 80, "limits", "unset", "other-model");

        Assert.StartsWith("other-model: at most 6,000 requests a minute until 'worker limits unset other-model'.",
            Whole(set), StringComparison.Ordinal);
        Assert.Contains("other-model: at most 6,000 requests a minute, since", list.Text, StringComparison.Ordinal);
        Assert.StartsWith("other-model no longer has an operator's limit.", Whole(unset), StringComparison.Ordinal);
        Assert.Contains("Give --requests, --tokens or both", Whole(await Fits(2, 80, "limits", "set", "other-model")),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replay_of_all_asks_first_and_shows_what_it_did()
    {
        await scene.Client.Publish("classify-text", """{"jobId":"again","model":"m+status:400#1","text":"x"}""");
        Assert.Equal("classify-text.failed", (await scene.Client.Ending("again")).RoutingKey);
        Assert.Contains("again: classify-text, invalid_request",
            (await Fits(0, 120, "dead", "show", "--job", "again")).Text, StringComparison.Ordinal);

        var no = await Asked("n\n");
        var yes = await Asked("y\n");

        Assert.Matches(@"Send (all \d+ failed jobs|the failed job) again\? \[y/N\]", Whole(no));
        Assert.DoesNotContain("replayed", no.Text, StringComparison.Ordinal);
        Assert.Matches(@"\d+ replayed\.", Whole(yes));
        Assert.Equal((2, 0), (no.ExitCode, yes.ExitCode));
        await Eventually.Is(() =>
            scene.Client.Events.Any(arrived =>
                arrived.JobId == "again" && arrived.RoutingKey == "classify-text.completed"));
    }

    [Fact]
    public async Task A_batch_that_has_ended_does_not_wait_for_the_broker()
    {
        var folder = Directory.CreateTempSubdirectory("openai-worker-batch-");
        var input = Path.Combine(folder.FullName, "one.jsonl");
        await File.WriteAllTextAsync(input, BatchScene.Job("only"), TestContext.Current.CancellationToken);

        var ended = await Fits(0, 80, "batch", input, "-o", "/dev/null");
        folder.Delete(recursive: true);

        Assert.Contains("1 succeeded", ended.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("waiting for the broker", ended.Text, StringComparison.Ordinal);
    }

    Task<Screen> Asked(string answer) => Terminal.RunWatched(80, OnBroker(["dead", "replay"]), async soFar =>
    {
        await Eventually.Is(() => soFar().Contains("[y/N]", StringComparison.Ordinal));
        return answer;
    });

    async Task<Screen> Fits(int exitCode, int columns, params IEnumerable<string> words)
    {
        var screen = await Terminal.Run(columns, OnBroker(words));
        Assert.True(exitCode == screen.ExitCode, screen.Text);
        Assert.DoesNotContain("   at ", screen.Text, StringComparison.Ordinal);
        return screen;
    }

    static string Whole(Screen screen) =>
        string.Join(' ', screen.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    IReadOnlyList<string> OnBroker(IEnumerable<string> words) =>
        [.. words, $"--Broker:Uri={broker.Uri}", $"--Broker:Prefix={scene.Prefix}"];
}
