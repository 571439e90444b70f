using System.Collections.Concurrent;
using OpenAIWorker.Delivery.Cancelling;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Delivery.Consuming;

/// <summary>
/// The calls of this process, by job, from their start until the broker has confirmed the ending. When the connection
/// breaks, the broker takes every delivery back and delivers it again later, but a running call continues and costs
/// money. The job that returns joins it instead of paying again.
/// </summary>
sealed class RunningCalls(TimeProvider clock) : IDisposable
{
    // If no delivery returns within this time, another worker has the job.
    static readonly TimeSpan Kept = TimeSpan.FromMinutes(30);
    static readonly TimeSpan SweptEvery = TimeSpan.FromMinutes(1);

    readonly ConcurrentDictionary<CallKey, Call> calls = new();
    long swept = clock.GetTimestamp();

    /// <summary>The job's call: the one that runs or has run, else a new one.</summary>
    public Task<Outcome> Join(Job job, Func<CancellationToken, Task<Outcome>> start)
    {
        if (clock.GetElapsedTime(Volatile.Read(ref swept)) > SweptEvery)
            ForgetOld();
        return calls.GetOrAdd(CallKey.Of(job),
            _ => new(CancelMarks.Of(job), start, new CancellationTokenSource(), Steady.Now(clock))).Run.Value;
    }

    /// <summary>The number of running calls.</summary>
    public int Running => calls.Count(call => call.Value.Run is { IsValueCreated: true, Value.IsCompleted: false });

    /// <summary>The job's call that runs, or has run, here; else null. It can still be joined once forgotten.</summary>
    public Task<Outcome>? Find(Job job) =>
        calls.TryGetValue(CallKey.Of(job), out var call) ? call.Run.Value : null;

    /// <summary>Whether the job's call runs, or has run, here.</summary>
    public bool Has(Job job) => calls.ContainsKey(CallKey.Of(job));

    /// <summary>
    /// The outcome of the job's call, if it has run here and its ending is not confirmed yet; else null.
    /// </summary>
    public Outcome? Finished(Job job) =>
        calls.TryGetValue(CallKey.Of(job), out var call)
            && call.Run.Value is { IsCompletedSuccessfully: true, Result: var outcome } ? outcome : null;

    /// <summary>
    /// Whether a call for such a body runs, or has run, here. For a message that must not be read any more.
    /// </summary>
    public bool HasBody(Guid body) => calls.Any(call => call.Key.Body == body);

    /// <summary>Aborts the calls of jobs that are cancelled.</summary>
    public async Task Abort(CancelOrder order)
    {
        foreach (var (_, call) in calls.Where(call => order.Means(call.Value.Marks)))
            await call.Cancellation.CancelAsync();
    }

    /// <summary>
    /// The job's ending is confirmed. A call that still runs is kept for the other delivery that waits for it.
    /// </summary>
    public void Forget(Job job)
    {
        if (calls.TryGetValue(CallKey.Of(job), out var call) && call.Run.Value.IsCompleted)
            Forget(CallKey.Of(job));
    }

    void Forget(CallKey key) => calls.TryRemove(key, out _);

    /// <summary>Aborts the remaining calls when the worker stops.</summary>
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

    sealed class Call(CancelMarks marks, Func<CancellationToken, Task<Outcome>> start,
        CancellationTokenSource cancellation, DateTimeOffset since)
    {
        public CancelMarks Marks => marks;

        public Lazy<Task<Outcome>> Run { get; } = new(() => start(cancellation.Token));

        // It has no timer, so it needs no disposal.
        public CancellationTokenSource Cancellation => cancellation;

        public DateTimeOffset Since => since;
    }
}
