using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Cancelling;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Observing;
using OpenAIWorker.Delivery.Settlement;
using OpenAIWorker.Jobs;
using OpenAIWorker.Limits;

namespace OpenAIWorker.Delivery.Consuming;

/// <summary>
/// Calls each job once, however often its message is delivered, and keeps the outcome until the broker has confirmed
/// the ending.
/// </summary>
sealed class JobCalls(
    JobRunner runner, RunningCalls ongoing, UnsentAnswers unsent, OutcomeKeeper keeper, CancelledJobs cancelled,
    JobCosts costs, JobMetrics metrics)
{
    /// <summary>Whether the job's call runs, or has run, here.</summary>
    public bool HasBegun(Job job) => ongoing.Has(job);

    /// <inheritdoc cref="RunningCalls.Find"/>
    public Task<Outcome>? Find(Job job) => ongoing.Find(job);

    /// <summary>The same, or what the job was answered before the worker's last stop.</summary>
    public Task<Outcome>? AtHand(Job job) => ongoing.Find(job)
        ?? (unsent.Find(job) is { } answered ? ongoing.Join(job, _ => Task.FromResult(answered)) : null);

    /// <summary>Whether the job's call runs here.</summary>
    public bool IsRunning(Job job) => ongoing.Has(job) && ongoing.Finished(job) is null;

    /// <summary>The job with the usage of its call, if it was called.</summary>
    public Job AfterCall(Job job) => ongoing.Finished(job) is { } outcome ? job.After(outcome) : job;

    /// <summary>
    /// The outcome of the job's call: of the one that runs or has run, else of a new one. Null: the job was cancelled.
    /// </summary>
    /// <param name="operation">The operation.</param>
    /// <param name="job">The job.</param>
    /// <param name="admitted">The call at hand, or the permission to make one, which ends with the call. A call may
    /// outlive its delivery.</param>
    /// <param name="slot">Its slot, which the call leaves when it is answered.</param>
    /// <param name="cancellation">Ends the wait, not the call: the job will be delivered again and join it.</param>
    public async Task<Outcome?> Join<TRequest, TResult>(IOperation<TRequest, TResult> operation, Job job,
        Verdict.Call admitted, CallSlot? slot, CancellationToken cancellation)
        where TRequest : JobRequest
        where TResult : OperationResult
    {
        var call = admitted.AtHand ?? Begin(operation, job, admitted.Lease, slot);
        await ((Task)call.WaitAsync(cancellation)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!call.IsCompleted)
            _ = keeper.LetGoAfter(call, job);
        return call.IsCanceled && cancelled.Contains(job) ? null : await call.WaitAsync(cancellation);
    }

    Task<Outcome> Begin<TRequest, TResult>(IOperation<TRequest, TResult> operation, Job job, RateLimitLease? lease,
        CallSlot? slot)
        where TRequest : JobRequest
        where TResult : OperationResult
    {
        if (lease is not null)
            DeliverySpans.Held(lease.Waited);
        var started = false;
        var call = ongoing.Join(job, stop =>
        {
            // Checked again here, so that a cancellation is either seen now or finds the call.
            started = !cancelled.Contains(job);
            return started
                ? Call(operation, job, lease, slot, stop)
                : Task.FromCanceled<Outcome>(new(canceled: true));
        });
        // The job is cancelled; or it was delivered twice at once, and the other delivery was first.
        if (!started)
            lease?.GiveBack();
        return call;
    }

    /// <summary>Ends the provider's work for a job that is given up.</summary>
    public Task Abandon<TRequest, TResult>(IOperation<TRequest, TResult> operation, Job job)
        where TRequest : JobRequest
        where TResult : OperationResult => runner.Abandon(operation, (TRequest)job.Request, job.State ?? new());

    /// <summary>The broker has the job's ending, or the job waits there: the outcome is no longer needed.</summary>
    public void Forget(Job job)
    {
        ongoing.Forget(job);
        unsent.Forget(job);
    }

    async Task<Outcome> Call<TRequest, TResult>(IOperation<TRequest, TResult> operation, Job job, RateLimitLease? lease,
        CallSlot? slot, CancellationToken stop)
        where TRequest : JobRequest
        where TResult : OperationResult
    {
        var (end, outcome) = (default(CallEnd), default(Outcome)!);
        try
        {
            outcome = await runner.Run(operation, (TRequest)job.Request, job.State,
                lease is null ? null : lease.Observe, stop);
            end = outcome.ForLimits(job.Request.IsFlex());
            metrics.Called(job.Operation, outcome);
            outcome = costs.Count(job, outcome);
        }
        finally
        {
            lease?.End(end);
        }
        // The next call does not wait for the commit. A result whose store is unavailable keeps its slot, so that few
        // of them are in memory.
        if (outcome.Unkept is null)
            slot?.Dispose();
        return unsent.Add(job, await keeper.Keep(job, outcome, stop));
    }
}
