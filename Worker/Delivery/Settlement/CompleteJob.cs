using MassTransit;
using Microsoft.Extensions.Logging;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Observing;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Jobs;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Telemetry;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Delivery.Settlement;

/// <summary>Ends a job with its result.</summary>
sealed partial class CompleteJob(
    EndingPublisher endings, FailJob failing, JobMetrics metrics, ILogger<CompleteJob> logger)
{
    readonly Log log = new(logger);

    public async Task Complete<TResult>(ReceiveContext context, Job job, TResult result, Outcome outcome)
        where TResult : OperationResult
    {
        // Another worker had claimed the job, and ended it first.
        if (outcome.Ending is { State: JobStates.Failed } other)
        {
            await Answer(context, job, other);
            return;
        }
        try
        {
            await (outcome.Ending is { } kept
                ? endings.Tell(context, kept)
                : endings.Tell(context, Ending(job, result, outcome)));
        }
        catch (UnwritableEventException unwritable)
        {
            await failing.Fail(context, job,
                new(FailureKind.Permanent, FailureCodes.ResultTooLarge, unwritable.Message, Remedy.Sender));
            return;
        }
        Delivered.Settle(context);
        metrics.Completed(job);
        DeliverySpans.Outcome(Endings.Completed);
        log.Completed(PlainText.Name(job.Id), job.Operation, job.Attempts, (long)outcome.Duration.TotalMilliseconds);
    }

    /// <summary>
    /// The job has ended before, and is answered with that ending: the same bytes with the same message id.
    /// </summary>
    public async Task Answer(ReceiveContext context, Job job, ClaimAnswer.Ended ended)
    {
        await endings.Tell(context, ended);
        Delivered.Settle(context);
        metrics.Answered(job.Operation);
        DeliverySpans.Outcome(ended.State);
        log.Answered(PlainText.Name(job.Id), job.Operation, ended.State);
    }

    /// <summary>The result as it is published.</summary>
    public static TResult Ending<TResult>(Job job, TResult result, Outcome outcome)
        where TResult : OperationResult => result with
        {
            JobId = job.Id,
            Operation = job.Operation,
            Attempts = job.Attempts,
            Waits = job.Waits,
            WaitedMs = (long)(outcome.Started - job.FirstSeen).TotalMilliseconds,
            DurationMs = (long)outcome.Duration.TotalMilliseconds,
            Usage = job.Spent,
            Cost = job.Cost.Told(job.Spent),
            Metadata = job.Request.Metadata,
        };

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(1, LogLevel.Information,
            "Job {JobId}: {Operation} completed, attempt {Attempt}, {DurationMs} ms")]
        public partial void Completed(string jobId, string operation, int attempt, long durationMs);

        [LoggerMessage(61, LogLevel.Information,
            "Job {JobId}: {Operation} has ended before ({State}), and is answered from its record")]
        public partial void Answered(string jobId, string operation, string state);
    }
}
