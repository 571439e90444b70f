using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Observing;
using OpenAIWorker.Delivery.Settlement;
using OpenAIWorker.Telemetry;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Delivery.Cancelling;

/// <summary>
/// Publishes the endings of jobs that are cancelled, or whose time ends, while they wait in the broker.
/// </summary>
sealed partial class WaitingEndings(
    WaitBook book, WaitStream stream, EndingPublisher endings, JobMetrics metrics, IOptions<DeliveryOptions> options,
    TimeProvider clock, ILogger<WaitingEndings> logger)
    : RecurringWork(clock, logger)
{
    readonly Log log = new(logger);

    protected override TimeSpan Every => TimeSpan.FromSeconds(1);

    protected override async Task Run(CancellationToken stop)
    {
        if (stream.IsRead)
            await Task.WhenAll(book.Due().Select(Tell)).WaitAsync(stop);
    }

    async Task Tell(WaitNote note)
    {
        var answer = await stream.Ask(note);
        if (answer.End is not { } end)
            return;
        var failure = note.Code == FailureCodes.Cancelled
            ? JobLife.Cancellation
            : RedeliveryPolicy.OverAt(answer.At, note.Code, options.Value);
        var failed = end.Failed with
        {
            Code = failure.Code,
            Kind = failure.Kind,
            Remedy = failure.Remedy,
            Message = failure.Message,
            FailedAt = Clock.GetUtcNow()
        };
        await endings.Tell(failed, end, () => stream.Write(new(WaitStep.Told, note.Key)));
        metrics.Failed(failed);
        log.Told(PlainText.Name(failed.JobId), failed.Operation, failed.Attempts, failed.Code);
    }

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(39, LogLevel.Error,
            "Job {JobId}: {Operation} failed while it waited, attempt {Attempt}, {Code}")]
        public partial void Told(string jobId, string operation, int attempt, string code);
    }
}
