using MassTransit;

namespace OpenAIWorker.Delivery.Lanes;

/// <summary>
/// Lets this many deliveries through at once, in order of arrival. All deliveries of a stopping worker pass, so that
/// they are returned.
/// </summary>
sealed class LaneGate(CancellationToken stopping) : IFilter<ReceiveContext>
{
    readonly Lock guard = new();
    readonly LinkedList<TaskCompletionSource> waiting = [];
    int most;
    int inside;

    /// <summary>Sets the number; 0 closes it.</summary>
    public void Open(int atOnce)
    {
        lock (guard)
        {
            most = atOnce;
            LetIn();
        }
    }

    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        await Enter().WaitAsync(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            await next.Send(context);
        }
        finally
        {
            Leave();
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("laneGate");

    Task Enter()
    {
        var place = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (guard)
        {
            waiting.AddLast(place);
            LetIn();
        }
        return place.Task;
    }

    void Leave()
    {
        lock (guard)
        {
            inside--;
            LetIn();
        }
    }

    void LetIn()
    {
        while (inside < most && waiting.First is { Value: var first })
        {
            waiting.RemoveFirst();
            inside++;
            first.SetResult();
        }
    }
}
