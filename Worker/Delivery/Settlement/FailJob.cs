using MassTransit;
using Microsoft.Extensions.Logging;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.DeadLetters;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Observing;
using OpenAIWorker.Jobs;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Delivery.Settlement;

/// <summary>Ends a job as failed: first its message is kept as a dead letter, then its ending is published.</summary>
sealed partial class FailJob(
    DeadLetterKeeper letters, EndingPublisher endings, JobMetrics metrics, TimeProvider clock, ILogger<FailJob> logger)
{
    readonly Log log = new(logger);

    public Task Fail(ReceiveContext context, Job job, Failure failure) => Fail(context, EventOf(job, failure));

    public async Task Fail(ReceiveContext context, OperationFailed failed)
    {
        await letters.Keep(context, failed);
        await endings.Tell(context, failed);
        Delivered.Settle(context);
        metrics.Failed(failed);
        DeliverySpans.Outcome(Endings.Failed, failed.Code);
        var (id, why) = (PlainText.Name(failed.JobId),
            LoggedReason.Of(failed.Code, failed.Message, failed.Member, failed.Error));
        if (failed.Status is { } status)
            log.FailedAtProvider(id, failed.Operation, failed.Attempts, why, status,
                failed.RequestId is { } request ? PlainText.Name(request) : "unknown");
        else
            log.Failed(id, failed.Operation, failed.Attempts, why);
    }

    /// <summary>The job's ending was published while it waited: only its message is kept.</summary>
    public async Task Keep(ReceiveContext context, Job job, Failure failure)
    {
        await letters.Keep(context, EventOf(job, failure));
        Delivered.Settle(context);
        DeliverySpans.Outcome(Endings.Failed, failure.Code);
    }

    OperationFailed EventOf(Job job, Failure failure) =>
        OperationFailedEvent.Of(job, failure, job.Cost.Told(job.Spent), clock.GetUtcNow());

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(3, LogLevel.Error,
            "Job {JobId}: {Operation} failed, attempt {Attempt}, {Why}, status {Status}, request {RequestId}")]
        public partial void FailedAtProvider(string jobId, string operation, int attempt, string why, int status,
            string requestId);

        [LoggerMessage(9, LogLevel.Error, "Job {JobId}: {Operation} failed, attempt {Attempt}, {Why}")]
        public partial void Failed(string jobId, string operation, int attempt, string why);
    }
}
