using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Operations;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Delivery;

/// <summary>Runs an operation within the job's time, and turns whatever it throws into a <see cref="Failure"/>.</summary>
sealed class JobRunner(IOptions<OpenAIOptions> upstream, BilledUsage billed, TimeProvider clock)
{
    public async Task<Outcome> Run<TRequest, TResult>(IOperation<TRequest, TResult> operation, TRequest request, CancellationToken stop)
        where TRequest : JobRequest
        where TResult : OperationResult
    {
        var started = clock.GetUtcNow();
        var begun = clock.GetTimestamp();
        try
        {
            CommonCheck.Of(request);
            var result = await WithinTime(operation, request, started, stop);
            return Ended(result, null);
        }
        catch (FailureException failed)
        {
            return Ended(null, failed.Failure);
        }
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            return Ended(null, new(FailureKind.Transient, FailureCodes.WorkerError, $"The worker failed: {bug.GetType().Name}: {bug.Message}", Remedy.Operator));
        }
        finally
        {
            // Of a call that was cancelled nobody asks.
            billed.Take(request);
        }

        Outcome Ended(OperationResult? result, Failure? failure) => new(result, failure, billed.Take(request), started, clock.GetElapsedTime(begun));
    }

    async Task<TResult> WithinTime<TRequest, TResult>(
        IOperation<TRequest, TResult> operation, TRequest request, DateTimeOffset now, CancellationToken stop)
        where TRequest : JobRequest
        where TResult : OperationResult
    {
        var timeout = request.Timeout ?? upstream.Value.Timeout;
        if (request.Deadline is { } deadline && deadline - now < timeout)
            timeout = deadline - now;
        if (timeout <= TimeSpan.Zero)
            throw new FailureException(DeadlineIsOver(request));
        using var timer = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, stop);
        try
        {
            return await operation.Run(request, either.Token);
        }
        catch (OperationCanceledException slow) when (timer.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            throw new FailureException(TookTooLong(timeout), slow);
        }
    }

    static Failure DeadlineIsOver(JobRequest request) => new(FailureKind.Permanent, FailureCodes.DeadlineExceeded,
        $"The job came up after its deadline of {request.Deadline:O}.", Remedy.Sender);

    static Failure TookTooLong(TimeSpan timeout) => new(FailureKind.Transient, FailureCodes.Timeout,
        $"The provider did not answer within {timeout}. It may have been billed. Raise timeout, or lower maxTokens.");
}
