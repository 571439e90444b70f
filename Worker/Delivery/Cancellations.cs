using Microsoft.Extensions.Options;

namespace OpenAIWorker.Delivery;

/// <summary>Jobs that were given up by <c>CancelJob</c>. Bounded: the oldest are forgotten first.</summary>
sealed class Cancellations(IOptions<DeliveryOptions> options, TimeProvider clock)
{
    const int Bound = 100_000;

    readonly Lock guard = new();
    readonly Dictionary<string, DateTimeOffset> cancelled = [];
    readonly Queue<(string Job, DateTimeOffset At)> byAge = [];
    readonly Dictionary<string, List<CancellationTokenSource>> waiting = [];

    /// <summary>The job is cancelled, and so is what waits for it here.</summary>
    public void Add(string job)
    {
        List<CancellationTokenSource> woken;
        var now = Steady.Now(clock);
        lock (guard)
        {
            cancelled[job] = now;
            byAge.Enqueue((job, now));
            while (byAge.Count > Bound || byAge.Peek().At < now - options.Value.MaxAge)
                Forget(byAge.Dequeue());
            woken = [.. waiting.GetValueOrDefault(job) ?? []];
        }
        foreach (var wait in woken)
            Wake(wait);
    }

    public bool Contains(string job)
    {
        lock (guard)
            return cancelled.ContainsKey(job);
    }

    /// <summary>Something that waits ends when the job is cancelled, until what is returned is disposed.</summary>
    public IDisposable Watch(string job, CancellationTokenSource wait)
    {
        lock (guard)
        {
            if (cancelled.ContainsKey(job))
                wait.Cancel();
            if (!waiting.TryGetValue(job, out var waits))
                waiting.Add(job, waits = []);
            waits.Add(wait);
        }
        return new Leave(this, job, wait);
    }

    void Unwatch(string job, CancellationTokenSource wait)
    {
        lock (guard)
        {
            if (waiting.TryGetValue(job, out var waits) && waits.Remove(wait) && waits.Count == 0)
                waiting.Remove(job);
        }
    }

    static void Wake(CancellationTokenSource wait)
    {
        try
        {
            wait.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It waits no more.
        }
    }

    // A job that was cancelled again since stays for that second time.
    void Forget((string Job, DateTimeOffset At) oldest)
    {
        if (cancelled.TryGetValue(oldest.Job, out var at) && at == oldest.At)
            cancelled.Remove(oldest.Job);
    }

    sealed class Leave(Cancellations cancellations, string job, CancellationTokenSource wait) : IDisposable
    {
        public void Dispose() => cancellations.Unwatch(job, wait);
    }
}
