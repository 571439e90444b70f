using Microsoft.Extensions.Time.Testing;
using OpenAIWorker.Cli.Send;
using OpenAIWorker.Delivery.Clients;
using OpenAIWorker.Tests.Cli.Batch;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Cli.Send;

public sealed class SendPatienceSpecs
{
    readonly FakeTimeProvider clock = new();
    readonly TaskCompletionSource<JobEvent> ending = new();
    readonly List<string> said = [];

    [Theory]
    [InlineData(null, "No news of the job for 20 s. Is a worker running on this broker?")]
    [InlineData(0, "No news of the job for 20 s: no worker is running on this broker.")]
    [InlineData(1, "No news of the job for 20 s: one worker runs on this broker, and may be busy.")]
    [InlineData(3, "No news of the job for 20 s: 3 workers run on this broker, and may be busy.")]
    public async Task After_a_while_it_is_said_whether_anybody_may_answer(int? workers, string says)
    {
        var wait = Waiting(new FakeClient { IsEmbedded = false, WorkersThere = workers });

        clock.Advance(SendPatience.Longest);
        await Eventually.Is(() => said.Count > 0);

        Assert.StartsWith(says, Assert.Single(said), StringComparison.Ordinal);
        await Ended(wait);
    }

    [Fact]
    public async Task A_broker_that_went_away_is_why()
    {
        var wait = Waiting(new FakeClient { IsEmbedded = false, Away = "connection refused", WorkersThere = 1 });

        clock.Advance(SendPatience.Longest);
        await Eventually.Is(() => said.Count > 0);

        Assert.Equal("No news of the job for 20 s: the broker is not reachable, connection refused.",
            Assert.Single(said));
        await Ended(wait);
    }

    [Fact]
    public async Task A_sender_that_has_heard_of_the_job_or_runs_it_here_is_told_nothing()
    {
        var heard = new SendPatience(new FakeClient { IsEmbedded = false, WorkersThere = 0 }, "a", clock, said.Add);
        heard.Hear();
        Task[] waits = [heard.Wait(ending.Task, TestContext.Current.CancellationToken), Waiting(new FakeClient())];

        clock.Advance(SendPatience.Longest * 10);

        await Task.WhenAll(waits.Select(Ended));
        Assert.Empty(said);
    }

    [Theory]
    [InlineData(false, "The job stays on the broker. Cancel it with: worker cancel 'a b'")]
    [InlineData(true, null)]
    public async Task An_interrupted_sender_is_told_where_its_job_is(bool isEmbedded, string? told)
    {
        using var interrupt = new CancellationTokenSource();
        var wait = new SendPatience(new FakeClient { IsEmbedded = isEmbedded }, "a b", clock, said.Add)
            .Wait(ending.Task, interrupt.Token);

        await interrupt.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        Assert.Equal(told is null ? [] : [told], said);
    }

    Task<JobEvent> Waiting(FakeClient client) =>
        new SendPatience(client, "a", clock, said.Add).Wait(ending.Task, TestContext.Current.CancellationToken);

    async Task Ended(Task wait)
    {
        ending.TrySetResult(new("a", "completed", default));
        await wait.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }
}
