using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Cli;

/// <summary>The verbs of a worker on a broker, in terminals of both usual widths.</summary>
public sealed class VerbsInTerminalSpecs(WorkerScene scene, BrokerFixture broker)
    : IClassFixture<WorkerScene>, IClassFixture<BrokerFixture>
{
    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task Letters_are_a_table_that_fits_and_are_thrown_away_when_asked(int columns)
    {
        await scene.Client.Publish("message-model",
            $$"""{"jobId":"letter-{{columns}}","model":"m+status:404","messages":[{"text":"x"}]}""");
        await scene.Client.Ending($"letter-{columns}");

        var list = await Terminal.Run(columns, OnBroker("dead", "list"));
        var show = await Terminal.Run(columns, OnBroker("dead", "show", "--job", $"letter-{columns}"));
        var drop = await Terminal.Run(columns, OnBroker("dead", "drop", "--job", $"letter-{columns}"));

        Assert.Contains("model_not_found", list.Text, StringComparison.Ordinal);
        Assert.All(list.Lines, line => Assert.True(line.Length <= columns, $"wider than {columns}: {line}"));
        Assert.Contains($"letter-{columns}: message-model, model_not_found", show.Text, StringComparison.Ordinal);
        Assert.Contains("1 dropped.", drop.Text, StringComparison.Ordinal);
        Assert.Equal((0, 0, 0), (list.ExitCode, show.ExitCode, drop.ExitCode));
    }

    [Fact]
    public async Task Events_are_watched_until_Control_C()
    {
        var screen = await Terminal.RunWatched(80, OnBroker("watch", "*.completed"), async soFar =>
        {
            await Eventually.Is(() => soFar().Contains("Watching", StringComparison.Ordinal));
            await scene.Client.Publish("classify-text", """{"jobId":"seen-in-terminal","text":"x"}""");
            await Eventually.Is(() =>
                soFar().Contains("classify-text.completed seen-in-terminal", StringComparison.Ordinal));
            return Terminal.Interrupt;
        });

        Assert.Equal(130, screen.ExitCode);
    }

    [Fact]
    public async Task A_worker_says_what_it_is_and_that_it_has_stopped()
    {
        var screen = await Terminal.RunWatched(120,
            [.. OnBroker(), .. TestSettings.For(scene.Emulator)
                .Where(setting => !setting.Contains("Logging", StringComparison.Ordinal))], async soFar =>
        {
            await Eventually.Is(() => soFar().Contains("takes jobs from", StringComparison.Ordinal));
            return Terminal.Interrupt;
        });

        Assert.Equal(0, screen.ExitCode);
        Assert.Contains("Stopped", screen.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", screen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_job_costs_is_a_number_in_its_event()
    {
        await scene.Client.Publish("message-model",
            """{"jobId":"costs","model":"gpt-5.4-mini","messages":[{"text":"x"}]}""");

        var ending = await scene.Client.Ending("costs");

        Assert.Equal(System.Text.Json.JsonValueKind.Number,
            ending.Body.GetProperty("cost").GetProperty("amount").ValueKind);
    }

    IReadOnlyList<string> OnBroker(params IReadOnlyList<string> words) =>
        [.. words, $"--Broker:Uri={broker.Uri}", $"--Broker:Prefix={scene.Prefix}"];
}
