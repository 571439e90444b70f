using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Limits;
using OpenAIWorker.Telemetry;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Delivery;

/// <summary>
/// Jobs that this worker has left in the broker, in a lane or in the delay ladder. When one is cancelled, or its time is over, its end is told at once and not when it comes up; what is
/// told then is a copy, by the same message id. Only a worker that is alone can be sure that a job still waits: another one may have had it meanwhile.
/// </summary>
sealed class WaitingJobs(EventPublisher events, EventCourier courier, ITransport transport, RateLimiter limiter, IOptions<DeliveryOptions> options, TimeProvider clock, ILogger<WaitingJobs> logger)
    : RecurringWork(clock, logger)
{
    // In bytes, about. The oldest are forgotten first: they come up first.
    const long Bound = 64 * 1024 * 1024;
    const int Overhead = 800;
    // A larger one is told when it comes up: it would only push out many others.
    const int Largest = 64 * 1024;

    protected override TimeSpan Every => TimeSpan.FromSeconds(1);

    readonly Lock guard = new();
    readonly Dictionary<(string Operation, string Job), Entry> jobs = [];
    readonly SortedSet<Entry> byEnd = new(Comparer<Entry>.Create((one, other) => (one.End, one.Number).CompareTo((other.End, other.Number))));
    readonly SortedSet<Entry> byAge = new(Comparer<Entry>.Create((one, other) => one.Number.CompareTo(other.Number)));
    long size;
    long number;

    /// <summary>The job is safe in the broker.</summary>
    public void Add(MassTransit.ReceiveContext context, Job job, JobHeaders headers)
    {
        // What the provider is at has to be ended there, and comes up soon.
        if (headers.State is not null || !IsAlone)
            return;
        var received = transport.Describe(context);
        var failed = FailedEvent.Of(job with { Attempts = Math.Max(1, headers.Failed), Waits = headers.Waits }, JobLife.Cancellation, job.Cost.Told(job.Spent), default);
        var entry = new Entry(failed, received.CorrelationId, received.ReplyTo, RedeliveryPolicy.EndOf(job, options.Value), Bare(job), Interlocked.Increment(ref number)) { Size = SizeOf(failed) };
        lock (guard)
        {
            Remove(entry.Key);
            if (entry.Size > Largest)
                return;
            jobs.Add(entry.Key, entry);
            byEnd.Add(entry);
            byAge.Add(entry);
            size += entry.Size;
            while (size > Bound && byAge.Min is { } oldest)
                Remove(oldest.Key);
        }
    }

    /// <summary>The job has come up.</summary>
    public void Forget(Job job)
    {
        lock (guard)
            Remove((job.Operation, job.Id));
    }

    /// <summary>Tells the end of a cancelled job that waits.</summary>
    public void Cancel(string job)
    {
        foreach (var operation in Operations.OperationCatalog.All)
        {
            if (Take((operation.Name, job)) is { } entry)
                Tell(entry, JobLife.Cancellation);
        }
    }

    /// <summary>Tells the ends of those whose time is over.</summary>
    public void Look()
    {
        while (NextOver() is { } entry)
        {
            if (RedeliveryPolicy.Expired(entry.Job, Clock.GetUtcNow(), options.Value) is { } over)
                Tell(entry, over);
        }
    }

    protected override Task Run(CancellationToken stop)
    {
        Look();
        return Task.CompletedTask;
    }

    bool IsAlone
    {
        get
        {
            if (limiter.Replicas == 1)
                return true;
            lock (guard)
            {
                jobs.Clear();
                byEnd.Clear();
                byAge.Clear();
                size = 0;
            }
            return false;
        }
    }

    Entry? NextOver()
    {
        var now = Clock.GetUtcNow();
        lock (guard)
            return IsAlone && byEnd.Min is { } first && first.End < now ? Remove(first.Key) : null;
    }

    Entry? Take((string, string) key)
    {
        lock (guard)
            return IsAlone ? Remove(key) : null;
    }

    Entry? Remove((string, string) key)
    {
        if (!jobs.Remove(key, out var entry))
            return null;
        byEnd.Remove(entry);
        byAge.Remove(entry);
        size -= entry.Size;
        return entry;
    }

    void Tell(Entry entry, Failure failure)
    {
        var failed = entry.Failed with { Code = failure.Code, Kind = failure.Kind, Remedy = failure.Remedy, Message = failure.Message, FailedAt = Clock.GetUtcNow() };
        courier.Send(Event(failed, entry), entry.ReplyTo, failed.JobId, failed.Ending);
    }

    OutgoingEvent Event(OperationFailed failed, Entry entry)
    {
        try
        {
            return events.Of(failed, entry.CorrelationId);
        }
        catch (UnwritableEventException)
        {
            return events.Of(FailedEvent.Short(failed), entry.CorrelationId);
        }
    }

    // Without what was asked, which may be large.
    static Job Bare(Job job) => job with { Request = new MessageModel { Model = "", Deadline = job.Request.Deadline, NotBefore = job.Request.NotBefore }, Body = default };

    /// <summary>What a job that waits takes, about: all texts that are kept of it are the sender's, of any length.</summary>
    internal static long SizeOf(OperationFailed failed) =>
        Overhead + 2L * (failed.JobId.Length + (failed.Model?.Length ?? 0) + (failed.Credential?.Length ?? 0) + failed.Message.Length
            + (failed.Metadata?.Sum(pair => (long)pair.Key.Length + pair.Value.Length + 40) ?? 0));

    sealed record Entry(OperationFailed Failed, string? CorrelationId, string? ReplyTo, DateTimeOffset End, Job Job, long Number)
    {
        public long Size { get; init; }

        public (string, string) Key => (Failed.Operation, Failed.JobId);
    }
}
