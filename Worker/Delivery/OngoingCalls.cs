using System.Collections.Concurrent;

namespace OpenAIWorker.Delivery;

/// <summary>
/// The calls of this process, each under its job, from its start until its ending is safe in the broker. When the broker goes away
/// it takes every delivery back and gives it again later, but a call that runs goes on, and costs. The job that comes back joins
/// it instead of paying a second time.
/// </summary>
sealed class OngoingCalls(TimeProvider clock) : IDisposable
{
    // What no delivery came back for: another worker has got it.
    static readonly TimeSpan Kept = TimeSpan.FromMinutes(30);
    static readonly TimeSpan SweptEvery = TimeSpan.FromMinutes(1);

    readonly ConcurrentDictionary<CallKey, Call> calls = new();
    long swept = clock.GetTimestamp();

    /// <summary>The job's call: the one that runs or has run, else a new one.</summary>
    public Task<Outcome> Join(Job job, Func<CancellationToken, Task<Outcome>> start)
    {
        if (clock.GetElapsedTime(Volatile.Read(ref swept)) > SweptEvery)
            ForgetOld();
        return calls.GetOrAdd(KeyOf(job), _ => new(start, new CancellationTokenSource(), Steady.Now(clock))).Run.Value;
    }

    /// <summary>Whether the job's call runs, or has run, here.</summary>
    public bool Has(Job job) => calls.ContainsKey(KeyOf(job));

    /// <summary>Aborts the job's call, if it runs here.</summary>
    public async Task Abort(string job)
    {
        foreach (var (_, call) in calls.Where(call => call.Key.Job == job))
            await call.Cancellation.CancelAsync();
    }

    /// <summary>The job's ending is safe.</summary>
    public void Forget(Job job) => Forget(KeyOf(job));

    void Forget(CallKey key) => calls.TryRemove(key, out _);

    /// <summary>Ends what still runs: the worker stops.</summary>
    public void Dispose()
    {
        foreach (var (_, call) in calls)
            call.Cancellation.Cancel();
    }

    void ForgetOld()
    {
        Volatile.Write(ref swept, clock.GetTimestamp());
        var old = Steady.Now(clock) - Kept;
        foreach (var (key, call) in calls)
        {
            if (call.Since < old && call.Run.Value.IsCompleted)
                Forget(key);
        }
    }

    static CallKey KeyOf(Job job) => new(job.Operation, job.Id, job.Waits, job.State?.Step ?? 0, new(job.Body));

    // A job that comes up for another try or step may do so before the last one is forgotten.
    readonly record struct CallKey(string Operation, string Job, int Waits, int Step, Content Content);

    // Ids are the senders' to choose. One who takes another's must not be handed what the other asked for: it is the same job only with the same body.
    readonly struct Content(ReadOnlyMemory<byte> body) : IEquatable<Content>
    {
        readonly ReadOnlyMemory<byte> body = body;

        public bool Equals(Content other) => body.Span.SequenceEqual(other.body.Span);

        public override bool Equals(object? obj) => obj is Content other && Equals(other);

        public override int GetHashCode() => body.Length;
    }

    sealed class Call(Func<CancellationToken, Task<Outcome>> start, CancellationTokenSource cancellation, DateTimeOffset since)
    {
        public Lazy<Task<Outcome>> Run { get; } = new(() => start(cancellation.Token));

        // It has no timer, so there is nothing to dispose of.
        public CancellationTokenSource Cancellation => cancellation;

        public DateTimeOffset Since => since;
    }
}
