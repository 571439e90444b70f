using Microsoft.Extensions.Time.Testing;
using OpenAIWorker.Cli.Batch;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Cli.Batch;

public sealed class BrokerPatienceSpecs : IDisposable
{
    readonly BatchScene scene = new BatchScene { Clock = new FakeTimeProvider() }
        .Given(BatchScene.Job("a"), BatchScene.Job("b"));

    [Fact]
    public async Task A_broker_that_stays_away_ends_the_run_with_why()
    {
        var client = new FakeClient { IsEmbedded = false, Answers = _ => false, Away = "connection refused" };

        var run = scene.Run(client);
        await Pass(() => run.IsCompleted);
        await run;

        Assert.Equal(
            "The broker has not been reachable for 60 s: connection refused. --wait waits as long as it takes.",
            scene.Stopped);
    }

    [Fact]
    public async Task Each_time_that_it_comes_back_its_time_begins_anew()
    {
        var (client, clock) = (new FakeClient { IsEmbedded = false, Away = "connection refused" },
            (FakeTimeProvider)scene.Clock);
        using var end = new CancellationTokenSource();
        var lost = new BrokerPatience(client, clock).Lost(end.Token);

        for (var second = 0; second < 300; second++)
        {
            client.Away = second % 50 == 0 ? null : "connection refused";
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.False(lost.IsCompleted);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lost);
    }

    Task Pass(Func<bool> isOver) => Eventually.Is(() =>
    {
        ((FakeTimeProvider)scene.Clock).Advance(TimeSpan.FromSeconds(5));
        return isOver();
    });

    public void Dispose() => scene.Dispose();
}
