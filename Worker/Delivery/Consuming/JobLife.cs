using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Cancelling;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Settlement;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Delivery.Consuming;

/// <summary>Watches a job that waits in this worker's memory: it may be cancelled, or its time may end.</summary>
sealed class JobLife(Job job, CancelledJobs cancelled, DeliveryOptions options, TimeProvider clock) : IDisposable
{
    static readonly Failure Cancelled = new(FailureKind.Permanent, FailureCodes.Cancelled,
        "The job was cancelled by a CancelJob.", Remedy.Sender);

    static readonly TimeSpan LongestTimer = TimeSpan.FromDays(40);

    readonly Lock guard = new();
    CancellationTokenSource? end;
    IDisposable? watch;

    /// <summary>Why the job must not be called any more; null if it may be.</summary>
    public Failure? Over => cancelled.Contains(job) ? Cancelled : RedeliveryPolicy.Expired(job, Now, options);

    // A timer counts whole milliseconds of steady time, so it may fire a moment before the wall clock reaches the time,
    // or long before it if the clock was set back.
    DateTimeOffset Now
    {
        get
        {
            var (now, over) = (clock.GetUtcNow(), RedeliveryPolicy.EndOf(job, options));
            lock (guard)
                return end is { IsCancellationRequested: true } && now <= over ? over.AddTicks(1) : now;
        }
    }

    /// <summary>The ending of a job that was cancelled.</summary>
    public static Failure Cancellation => Cancelled;

    /// <summary>Ends the wait. Created on demand, because most jobs do not wait.</summary>
    public CancellationToken End
    {
        get
        {
            lock (guard)
            {
                if (end is not null)
                    return end.Token;
                var left = RedeliveryPolicy.EndOf(job, options) - clock.GetUtcNow();
                end = new(left < TimeSpan.Zero ? TimeSpan.Zero : left < LongestTimer ? left : LongestTimer, clock);
                watch = cancelled.Watch(job, end);
                return end.Token;
            }
        }
    }

    /// <summary>Creates <see cref="End"/>, for code that may have to wait.</summary>
    public Func<CancellationToken> Ending => field ??= () => End;

    public void Dispose()
    {
        lock (guard)
        {
            watch?.Dispose();
            end?.Dispose();
        }
    }
}

/// <summary>Creates a <see cref="JobLife"/> for each delivery.</summary>
sealed class JobLives(CancelledJobs cancelled, IOptions<DeliveryOptions> options, TimeProvider clock)
{
    public JobLife Of(Job job) => new(job, cancelled, options.Value, clock);
}
