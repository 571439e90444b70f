using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Events;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Records;
using OpenAIWorker.Delivery.Settlement;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Jobs;
using OpenAIWorker.Operations;
using OpenAIWorker.Storage;
using OpenAIWorker.Telemetry;
using OpenAIWorker.Upstream.Errors;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Delivery.Consuming;

/// <summary>
/// Keeps the outcome of a call while its store is unavailable, because the call is paid for. If it fits into the job's
/// state, it waits in the broker, where it survives a restart. Otherwise it stays in memory, and only the storing is
/// retried.
/// </summary>
sealed partial class OutcomeKeeper
{
    // Together with the call this stays below RabbitMQ's consumer timeout of 30 minutes.
    static readonly TimeSpan Longest = CommonCheck.LongestTimeout;

    static readonly TimeSpan LongestTry = TimeSpan.FromMinutes(2);

    readonly JobRecords records;
    readonly EventPublisher events;
    readonly IOptions<DeliveryOptions> options;
    readonly IHostApplicationLifetime host;
    readonly TimeProvider clock;
    readonly Log log;
    int held;

    public OutcomeKeeper(
        JobRecords records, EventPublisher events, IOptions<DeliveryOptions> options, IHostApplicationLifetime host,
        WorkerMeter worker, TimeProvider clock,
        ILogger<OutcomeKeeper> logger)
    {
        (this.records, this.events, this.options, this.host, this.clock, log) = (records, events, options, host, clock,
            new(logger));
        worker.Meter.CreateObservableGauge("openai_worker.results.held", () => (double)Volatile.Read(ref held),
            "{result}", "Paid results in this worker's memory, because their store is unavailable");
    }

    /// <summary>
    /// Stores the outcome of a call, and commits its ending to the records. Both wait while a store is unavailable.
    /// </summary>
    public async Task<Outcome> Keep(Job job, Outcome outcome, CancellationToken stop)
    {
        var kept = outcome.Unkept is null ? outcome : await KeepLate(job, outcome, stop);
        if (records.AreKept && kept.Result is not null)
            return await Commit(job, kept);
        return records.AreKept && kept.State is { } state && JobProgress.IsMade(job.State, state)
            ? await Advance(job, kept, state)
            : kept;
    }

    /// <summary>The call's delivery is gone. If the call fails, any worker may take the job.</summary>
    public async Task LetGoAfter(Task<Outcome> call, Job job)
    {
        var holder = records.HolderOf(job);
        await ((Task)call).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (holder is not null)
            records.Held.Leave(holder);
        if (!call.IsCompletedSuccessfully || (await call).Ending is null)
            records.LetGo(job);
    }

    // Before the ending is published, and even if its delivery is gone: the next delivery on any worker finds it.
    async Task<Outcome> Commit(Job job, Outcome outcome)
    {
        var result = CompleteJob.Ending(job.After(outcome), outcome.Result!, outcome);
        try
        {
            return outcome with { Ending = await records.End(job, result, events.Write(result)) };
        }
        catch (UnwritableEventException)
        {
            // The job ends as failed, which is committed when it is published.
            return outcome;
        }
    }

    // What a step has paid for. A copy of the job's message that lacks it continues with it, and does not pay again.
    async Task<Outcome> Advance(Job job, Outcome outcome, JobState state)
    {
        var kept = outcome with { State = state with { Step = (job.State?.Step ?? 0) + 1 } };
        await records.Advance(job.After(kept));
        return kept;
    }

    async Task<Outcome> KeepLate(Job job, Outcome outcome, CancellationToken stop)
    {
        if (outcome.Unkept!.State is { } state && JobStateHeader.Fits(state))
            return outcome with { Failure = Waiting(outcome) };
        Interlocked.Increment(ref held);
        log.Held(PlainText.Name(job.Id), job.Operation, outcome.Failure!.Code);
        try
        {
            return await Hold(job, outcome, outcome.Unkept, stop);
        }
        finally
        {
            Interlocked.Decrement(ref held);
        }
    }

    async Task<Outcome> Hold(Job job, Outcome outcome, UnkeptException unkept, CancellationToken stop)
    {
        var (until, pause) = (Until(job, outcome), StorePause.First);
        using var hurry = CancellationTokenSource.CreateLinkedTokenSource(stop, host.ApplicationStopping);
        while (true)
        {
            var left = until - clock.GetUtcNow();
            if (left > TimeSpan.Zero)
                await Task.Delay(left < pause ? left : pause, clock, hurry.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // The job was cancelled.
            if (!host.ApplicationStopping.IsCancellationRequested)
                stop.ThrowIfCancellationRequested();
            var isLast = hurry.IsCancellationRequested || clock.GetUtcNow() >= until;
            if (await Try(outcome, unkept, isLast) is { } kept)
                return kept;
            // A stopping worker loses results in memory: their jobs are called again.
            if (isLast)
                return outcome with
                {
                    Failure = hurry.IsCancellationRequested
                    ? Waiting(outcome)
                    : StoreFailures.Lost(outcome.Failure!)
                };
            pause = StorePause.After(pause);
        }
    }

    // Null: the store is still unavailable.
    async Task<Outcome?> Try(Outcome outcome, UnkeptException unkept, bool isLast)
    {
        using var timer = new CancellationTokenSource(LongestTry, clock);
        try
        {
            var result = (Contracts.OperationResult)await unkept.Keep(isLast, timer.Token);
            return outcome with
            {
                Result = result with { Usage = result.Usage ?? outcome.Billed },
                Failure = null,
                Unkept = null
            };
        }
        catch (SuspendedException next)
        {
            return outcome with
            {
                Suspension = next.Suspension,
                State = next.Suspension.State with { Step = (outcome.State?.Step ?? 0) + 1 },
                Failure = null,
                Unkept = null
            };
        }
        catch (FailureException away) when (StoreFailures.IsOne(away.Failure))
        {
            return null;
        }
        catch (FailureException failed)
        {
            return outcome with { Failure = failed.Failure, Unkept = null };
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested)
        {
            return null;
        }
    }

    // A paid result also waits for a store that refuses, because an operator may repair it.
    static Failure Waiting(Outcome outcome) => outcome.Failure! with { Kind = Contracts.FailureKind.Throttled };

    DateTimeOffset Until(Job job, Outcome outcome)
    {
        var until = outcome.Started + Longest;
        if (job.Born + options.Value.MaxAge is var old && old < until)
            until = old;
        return job.Request.Deadline < until ? job.Request.Deadline.Value : until;
    }

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(35, LogLevel.Warning,
            "Job {JobId}: {Operation} was answered, but its result stays in memory until its store is available "
                + "({Code})")]
        public partial void Held(string jobId, string operation, string code);
    }
}
