using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Bodies;
using OpenAIWorker.Delivery.Messages;

namespace OpenAIWorker.Delivery.Cancelling;

/// <summary>
/// Jobs that were given up by <c>CancelJob</c>, known by hashes of their ids, which are all of one size however long an
/// id is. Bounded: the oldest are forgotten first.
/// </summary>
sealed class Cancellations(IOptions<DeliveryOptions> options, TimeProvider clock)
{
    const int Bound = 100_000;

    readonly Lock guard = new();
    readonly Dictionary<Guid, DateTimeOffset> cancelled = [];
    readonly Queue<(Guid Job, DateTimeOffset At)> byAge = [];
    readonly Dictionary<string, List<CancellationTokenSource>> waiting = [];

    /// <summary>How many are known.</summary>
    public int Count
    {
        get
        {
            lock (guard)
                return cancelled.Count;
        }
    }

    /// <summary>The job is cancelled, and so is what waits for it here.</summary>
    public void Add(string job)
    {
        if (!JobId.Fits(job))
            return;
        List<CancellationTokenSource> woken;
        var (now, key) = (Steady.Now(clock), KeyOf(job));
        lock (guard)
        {
            cancelled[key] = now;
            byAge.Enqueue((key, now));
            while (byAge.Count > Bound || byAge.Peek().At < now - options.Value.MaxAge)
                Forget(byAge.Dequeue());
            woken = [.. waiting.GetValueOrDefault(job) ?? []];
        }
        foreach (var wait in woken)
            Wake(wait);
    }

    /// <summary>Whether the job is cancelled.</summary>
    public bool Contains(string job)
    {
        if (!JobId.Fits(job))
            return false;
        lock (guard)
            return cancelled.Count > 0 && cancelled.ContainsKey(KeyOf(job));
    }

    /// <inheritdoc cref="Contains(string)"/>
    public bool Contains(Guid job)
    {
        lock (guard)
            return cancelled.ContainsKey(job);
    }

    /// <summary>Something that waits ends when the job is cancelled, until what is returned is disposed.</summary>
    public IDisposable Watch(string job, CancellationTokenSource wait)
    {
        lock (guard)
        {
            if (cancelled.ContainsKey(KeyOf(job)))
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
    void Forget((Guid Job, DateTimeOffset At) oldest)
    {
        if (cancelled.TryGetValue(oldest.Job, out var at) && at == oldest.At)
            cancelled.Remove(oldest.Job);
    }

    /// <summary>The hash by which a job is known.</summary>
    public static Guid KeyOf(string job) => BodyHash.Of(System.Text.Encoding.UTF8.GetBytes(job));

    sealed class Leave(Cancellations cancellations, string job, CancellationTokenSource wait) : IDisposable
    {
        public void Dispose() => cancellations.Unwatch(job, wait);
    }
}
