using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Cli;

public sealed class CancelSpecs(WorkerScene scene, BrokerFixture broker)
    : IClassFixture<WorkerScene>, IClassFixture<BrokerFixture>
{
    [Fact]
    public async Task A_job_that_waits_is_given_up()
    {
        await scene.Client.Publish("message-model",
            """{"jobId":"never-mind","model":"m+slow:60000","messages":[{"text":"x"}]}""");

        var (code, said) = await Run(scene.Prefix, "never-mind");

        Assert.True(code == 0, said);
        Assert.Equal("cancelled", (await scene.Client.Ending("never-mind")).Body.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Where_no_worker_runs_it_says_so_and_the_next_one_cancels()
    {
        var prefix = BrokerFixture.NewPrefix();
        await using (var first = await BrokerWorker.Start(broker, prefix, scene.Emulator))
            Assert.Equal((0, "One worker was told to cancel x."), await Run(prefix, "x"));

        await Eventually.Is(async () =>
            await Run(prefix, "x") == (0, "No worker is running. The next one that starts cancels x."));
    }

    [Fact]
    public async Task Where_no_worker_has_ever_run_there_is_nothing_to_cancel()
    {
        var (code, said) = await Run(BrokerFixture.NewPrefix(), "x");

        Assert.Equal(2, code);
        Assert.StartsWith("No worker has run on this broker", said, StringComparison.Ordinal);
    }

    Task<(int Code, string Said)> Run(string prefix, string job) => ForeignProgram.Run(
        "dotnet", "", [WorkerProgram.Path, "cancel", job, $"--Broker:Uri={broker.Uri}", $"--Broker:Prefix={prefix}"],
        new Dictionary<string, string>());
}
