using Microsoft.Extensions.Options;

namespace OpenAIWorker.Delivery;

/// <summary>Jobs that were given up by <c>CancelJob</c>. Bounded: the oldest are forgotten first.</summary>
sealed class Cancellations(IOptions<DeliveryOptions> options, TimeProvider clock)
{
    const int Bound = 100_000;

    readonly Lock guard = new();
    readonly Dictionary<string, DateTimeOffset> cancelled = [];
    readonly Queue<(string Job, DateTimeOffset At)> byAge = [];

    public void Add(string job)
    {
        var now = clock.GetUtcNow();
        lock (guard)
        {
            cancelled[job] = now;
            byAge.Enqueue((job, now));
            while (byAge.Count > Bound || byAge.Peek().At < now - options.Value.MaxAge)
                Forget(byAge.Dequeue());
        }
    }

    public bool Contains(string job)
    {
        lock (guard)
            return cancelled.ContainsKey(job);
    }

    // A job that was cancelled again since stays for that second time.
    void Forget((string Job, DateTimeOffset At) oldest)
    {
        if (cancelled.TryGetValue(oldest.Job, out var at) && at == oldest.At)
            cancelled.Remove(oldest.Job);
    }
}
