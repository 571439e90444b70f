using System.Collections.Concurrent;
using System.Text.Json;
using OpenAIWorker.Cli.Batch.Output;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Clients;
using OpenAIWorker.Delivery.Messages;

namespace OpenAIWorker.Cli.Batch;

/// <summary>The progress of a batch. Written by many threads, read by the display.</summary>
sealed class BatchCounts(TimeProvider clock)
{
    readonly ConcurrentDictionary<string, int> failures = new();
    readonly ConcurrentDictionary<string, string> examples = new();
    readonly ConcurrentDictionary<string, OperationDelayed> waits = new();
    readonly Lock guard = new();
    readonly long begun = clock.GetTimestamp();
    long last = clock.GetTimestamp();
    long succeeded, failed, sent, strays, throttled, inputTokens, outputTokens, withoutPrice;
    decimal cost;

    public BatchCounts() : this(TimeProvider.System) { }

    /// <summary>The number of lines; null if it is not known.</summary>
    public long? Total { get; set; }

    /// <summary>Lines that ended in an earlier run.</summary>
    public long Skipped { get; set; }

    /// <summary>Lines whose id another line also has.</summary>
    public long Duplicates { get; set; }

    public TimeSpan Elapsed => clock.GetElapsedTime(begun);

    public long Succeeded => Interlocked.Read(ref succeeded);

    public long Failed => Interlocked.Read(ref failed);

    public long Ended => Succeeded + Failed;

    public long Done => Ended + Skipped;

    /// <summary>Jobs that the broker or the worker has and that have not ended.</summary>
    public long Waiting => Math.Max(0, Interlocked.Read(ref sent) - Ended);

    /// <summary>Events of jobs that this run did not wait for, mostly copies.</summary>
    public long Strays => Interlocked.Read(ref strays);

    /// <summary>How often a job was told to wait for a rate limit.</summary>
    public long Throttled => Interlocked.Read(ref throttled);

    public long InputTokens => Interlocked.Read(ref inputTokens);

    public long OutputTokens => Interlocked.Read(ref outputTokens);

    /// <summary>US dollars, as far as prices are known.</summary>
    public decimal Cost
    {
        get
        {
            lock (guard)
                return cost;
        }
    }

    /// <summary>Jobs whose price is not fully known.</summary>
    public long WithoutPrice => Interlocked.Read(ref withoutPrice);

    public IReadOnlyDictionary<string, int> Failures => failures;

    /// <summary>
    /// Jobs that wait for a later attempt now. A paused credential is reported once for each job, and lasts until it is
    /// resumed.
    /// </summary>
    public IReadOnlyList<OperationDelayed> Delayed =>
        [.. waits.Values.Where(wait => wait.Code == WaitCodes.CredentialPaused || wait.Until > clock.GetUtcNow())];

    /// <summary>The number of running calls if they run in this process, else null.</summary>
    public Func<int>? Calls { get; set; }

    /// <summary>Why the broker is not connected; null if it is.</summary>
    public Func<string?> BrokerAway { get; set; } = () => null;

    /// <summary>The time since the last news of any job, while the broker has jobs.</summary>
    public TimeSpan Silence =>
        Calls is null && Waiting > 0 ? clock.GetElapsedTime(Interlocked.Read(ref last)) : TimeSpan.Zero;

    /// <summary>The first failure of each code, with its job, for a person to read.</summary>
    public IReadOnlyDictionary<string, string> Examples => examples;

    public DateTimeOffset Now => clock.GetUtcNow();

    public TimeProvider Clock => clock;

    public void Sent() => Interlocked.Increment(ref sent);

    /// <summary>Counts a job that waits. Null: the reason is not known.</summary>
    public OperationDelayed? Delay(JobEvent delayed)
    {
        if (JsonSerializer.Deserialize(delayed.Body.Span, ContractJson.Default.OperationDelayed) is not { } wait)
            return null;
        waits[delayed.JobId] = wait;
        Interlocked.Exchange(ref last, clock.GetTimestamp());
        if (wait.Code == FailureCodes.RateLimited)
            Interlocked.Increment(ref throttled);
        return wait;
    }

    public void End(string jobId, JobEnding ending)
    {
        waits.TryRemove(jobId, out _);
        Interlocked.Exchange(ref last, clock.GetTimestamp());
        Interlocked.Add(ref inputTokens, ending.InputTokens);
        Interlocked.Add(ref outputTokens, ending.OutputTokens);
        if (ending.Cost is { } amount)
            lock (guard)
                cost += amount;
        else if (ending.HasUsage)
            Interlocked.Increment(ref withoutPrice);
        if (!ending.IsCompleted)
        {
            failures.AddOrUpdate(ending.Code ?? "", 1, (_, count) => count + 1);
            examples.TryAdd(ending.Code ?? "", $"{ending.JobId}: {ending.Message}");
        }
        Interlocked.Increment(ref ending.IsCompleted ? ref succeeded : ref failed);
    }

    /// <summary>Counts a line that is not a job as ended.</summary>
    public void Bad(JobEnding ending)
    {
        Sent();
        End("", ending);
    }

    public void Stray() => Interlocked.Increment(ref strays);
}
