using System.Collections.Concurrent;
using MassTransit;
using OpenAIWorker.Delivery.Lanes;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Delivery.Lanes;

/// <summary>What admits a lane's jobs if there is no broker.</summary>
public sealed class LaneGateSpecs : IDisposable
{
    readonly CancellationTokenSource stopping = new();
    readonly ConcurrentQueue<int> inside = new();
    readonly List<TaskCompletionSource> ends =
        [.. Enumerable.Range(0, 4)
            .Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))];
    readonly LaneGate gate;

    public LaneGateSpecs() => gate = new(stopping.Token);

    [Fact]
    public async Task It_lets_so_many_in_at_once_first_come_first_served_and_none_while_it_is_closed()
    {
        var all = Enumerable.Range(0, 4).Select(Come).ToList();
        Assert.Empty(inside);

        gate.Open(1);
        await Eventually.Is(() => inside.SequenceEqual([0]));
        gate.Open(0);
        ends[0].SetResult();
        await all[0];
        Assert.Single(inside);

        gate.Open(2);
        await Eventually.Is(() => inside.Order().SequenceEqual([0, 1, 2]));
        ends.ForEach(end => end.TrySetResult());
        await Task.WhenAll(all);
        Assert.Equal(3, inside.Last());
    }

    [Fact]
    public async Task A_stopping_worker_s_deliveries_all_pass()
    {
        var all = Enumerable.Range(0, 4).Select(Come).ToList();
        ends.ForEach(end => end.SetResult());

        await stopping.CancelAsync();

        await Task.WhenAll(all).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    public void Dispose() => stopping.Dispose();

    Task Come(int number) => gate.Send(null!, Pipe.ExecuteAsync<ReceiveContext>(_ =>
    {
        inside.Enqueue(number);
        return ends[number].Task;
    }));
}
