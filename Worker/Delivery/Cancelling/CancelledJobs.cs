using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Delivery.Cancelling;

/// <summary>
/// Jobs, groups and tenants that a <c>CancelJob</c> cancelled. The number is limited; the oldest are forgotten first.
/// </summary>
sealed class CancelledJobs(IOptions<DeliveryOptions> options, TimeProvider clock)
{
    const int Bound = 100_000;

    readonly Lock guard = new();
    readonly Dictionary<CancelTarget, (DateTimeOffset At, DateTimeOffset Before)> cancelled = [];
    readonly Queue<(CancelTarget Target, DateTimeOffset At)> byAge = [];
    readonly Dictionary<CancellationTokenSource, CancelMarks> waiting = [];

    /// <summary>The number of known cancellations.</summary>
    public int Count
    {
        get
        {
            lock (guard)
                return cancelled.Count;
        }
    }

    /// <summary>Cancels jobs, and the waits for them here.</summary>
    public void Add(CancelOrder order)
    {
        List<CancellationTokenSource> woken;
        var now = Steady.Now(clock);
        lock (guard)
        {
            // A stream that is read again has older ones too.
            cancelled[order.Target] = (now, cancelled.TryGetValue(order.Target, out var known)
                && known.Before > order.Before ? known.Before : order.Before);
            byAge.Enqueue((order.Target, now));
            while (byAge.Count > Bound || byAge.Peek().At < now - options.Value.MaxAge)
                Forget(byAge.Dequeue());
            woken = [.. waiting.Where(wait => order.Means(wait.Value)).Select(wait => wait.Key)];
        }
        foreach (var wait in woken)
            Wake(wait);
    }

    /// <summary>Whether the job is cancelled.</summary>
    public bool Contains(Job job) => Count > 0 && Contains(CancelMarks.Of(job));

    /// <inheritdoc cref="Contains(Job)"/>
    public bool Contains(CancelMarks job)
    {
        lock (guard)
            return IsCancelled(job);
    }

    /// <summary>Ends a wait when the job is cancelled, until the returned object is disposed.</summary>
    public IDisposable Watch(Job job, CancellationTokenSource wait)
    {
        var marks = CancelMarks.Of(job);
        lock (guard)
        {
            if (IsCancelled(marks))
                wait.Cancel();
            waiting[wait] = marks;
        }
        return new Leave(this, wait);
    }

    bool IsCancelled(CancelMarks job) =>
        cancelled.Count > 0 && job.Targets.Any(target =>
            cancelled.TryGetValue(target, out var known) && new CancelOrder(target, known.Before).Means(job));

    void Unwatch(CancellationTokenSource wait)
    {
        lock (guard)
            waiting.Remove(wait);
    }

    static void Wake(CancellationTokenSource wait)
    {
        try
        {
            wait.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The wait is over already.
        }
    }

    // A target that was cancelled again since then stays for the second time.
    void Forget((CancelTarget Target, DateTimeOffset At) oldest)
    {
        if (cancelled.TryGetValue(oldest.Target, out var known) && known.At == oldest.At)
            cancelled.Remove(oldest.Target);
    }

    sealed class Leave(CancelledJobs jobs, CancellationTokenSource wait) : IDisposable
    {
        public void Dispose() => jobs.Unwatch(wait);
    }
}
