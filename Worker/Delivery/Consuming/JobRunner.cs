using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Broker.Watching;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Jobs;
using OpenAIWorker.Storage;
using OpenAIWorker.Telemetry;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Errors;
using OpenAIWorker.Upstream.Headers;

namespace OpenAIWorker.Delivery.Consuming;

/// <summary>Runs an operation within the job's time, and turns exceptions into a <see cref="Failure"/>.</summary>
sealed partial class JobRunner(IOptions<OpenAIOptions> upstream, OpenAIClients clients, BrokerAlarm alarm,
    TimeProvider clock, ILogger<JobRunner> logger)
{
    static readonly TimeSpan TimeToAbandon = TimeSpan.FromSeconds(10);

    /// <param name="operation">The operation.</param>
    /// <param name="request">The job's request.</param>
    /// <param name="state">The result of its earlier steps.</param>
    /// <param name="told">Receives what each answer says about the limits.</param>
    /// <param name="stop">Aborts it.</param>
    public async Task<Outcome> Run<TRequest, TResult>(
        IOperation<TRequest, TResult> operation, TRequest request, JobState? state, Action<RateLimitHeaders>? told,
        CancellationToken stop)
        where TRequest : JobRequest
        where TResult : OperationResult
    {
        // While the broker accepts nothing, the ending of a call could not be published.
        await alarm.WhenOver(stop);
        var started = clock.GetUtcNow();
        var begun = clock.GetTimestamp();
        var attempt = new Attempt(told);
        attempt.Begin();
        try
        {
            CommonCheck.Of(request);
            var result = await WithinTime(time => state is null
                ? operation.Run(request, time)
                : operation.Resume(request, state, time), request, state, started, stop);
            return Ended(result, null);
        }
        catch (SuspendedException suspended)
        {
            return Ended(null, null) with
            {
                Suspension = suspended.Suspension,
                State = suspended.Suspension.State with { Step = (state?.Step ?? 0) + 1 }
            };
        }
        catch (UnkeptException unkept)
        {
            return Ended(null, unkept.Failure) with { State = unkept.State ?? state, Unkept = unkept };
        }
        catch (FailureException failed)
        {
            return Ended(null, failed.Failure) with
            {
                State = failed.State ?? (StoreFailures.IsOne(failed.Failure) ? state : Asked(state))
            };
        }
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            Log.Failed(logger, PlainText.Name(request.JobId ?? ""), bug);
            return Ended(null, new(FailureKind.Transient, FailureCodes.WorkerError,
                $"The worker itself failed ({bug.GetType().Name}). Its log has the details.", Remedy.Operator));
        }

        // The provider's background work failed: the next attempt starts new work.
        static JobState? Asked(JobState? state) => state is null ? null : state with { Background = null };

        Outcome Ended(OperationResult? result, Failure? failure) =>
            new(result, failure, attempt.Calls, started, clock.GetElapsedTime(begun))
            {
                State = state,
                Began = begun,
                ShowsValidKey = attempt.ShowsValidKey
            };
    }

    // Functions have their own time limits.
    TimeSpan TimeFor(JobRequest request, JobState? state) => state is { AwaitsTools: true }
        ? CommonCheck.LongestTimeout
        : CommonCheck.CallTime(request, upstream.Value.Timeout);

    /// <summary>
    /// Ends the provider's work for a job that is given up. If this fails, the job is given up all the same.
    /// </summary>
    public async Task Abandon<TRequest, TResult>(IOperation<TRequest, TResult> operation, TRequest request,
        JobState state)
        where TRequest : JobRequest
        where TResult : OperationResult
    {
        // Its name may be a key in the wrong place.
        if (clients.Unknown(request) is not null)
            return;
        using var timer = new CancellationTokenSource(TimeToAbandon, clock);
        try
        {
            await operation.Abandon(request, state, timer.Token);
        }
        catch (Exception vain) when (vain is not OutOfMemoryException)
        {
            // The work is billed, and its answer is not read. Even an unavailable store must not keep the job from its
            // ending.
        }
    }

    async Task<TResult> WithinTime<TResult>(Func<CancellationToken, Task<TResult>> run, JobRequest request,
        JobState? state, DateTimeOffset now, CancellationToken stop)
    {
        var timeout = TimeFor(request, state);
        if (request.Deadline is { } deadline && deadline - now < timeout)
            timeout = deadline - now;
        if (timeout <= TimeSpan.Zero)
            throw new FailureException(DeadlineIsOver(request)) { State = state };
        using var time = new CancellationTokenSource(timeout, clock);
        var party = PartyInTurn.Begin(time, timeout, request.Deadline, clock);
        await using var stopping = stop.UnsafeRegister(static time => ((CancellationTokenSource)time!).Cancel(), time);
        try
        {
            return await run(time.Token);
        }
        catch (OperationCanceledException slow) when (time.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            throw new FailureException(party.Slow() ?? TookTooLong(timeout), slow) { State = state };
        }
    }

    static Failure DeadlineIsOver(JobRequest request) => new(FailureKind.Permanent, FailureCodes.DeadlineExceeded,
        $"The job was delivered after its deadline of {MomentText.Of(request.Deadline)}.", Remedy.Sender);

    static Failure TookTooLong(TimeSpan timeout) => new(FailureKind.Transient, FailureCodes.Timeout,
        $"The provider did not answer within {timeout}. It may have been billed. Raise timeout, or lower maxTokens.");

    static partial class Log
    {
        [LoggerMessage(34, LogLevel.Error, "Job {JobId}: the worker itself failed")]
        public static partial void Failed(ILogger log, string jobId, Exception bug);
    }
}
