using MassTransit;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Events;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Observing;
using OpenAIWorker.Delivery.Transports;

namespace OpenAIWorker.Delivery.Settlement;

/// <summary>Publishes that a job waits.</summary>
sealed class DelayNews(EventPublisher events, EventSending sending, JobMetrics metrics)
{
    public Task Tell<T>(ConsumeContext<T> context, Job job, DateTimeOffset due, JobHeaders headers, string code,
        string message) where T : class => Tell(context.ReceiveContext, job, due, headers, code, message);

    public async Task Tell(ReceiveContext context, Job job, DateTimeOffset due, JobHeaders headers, string code,
        string message)
    {
        var delayed = new OperationDelayed
        {
            JobId = job.Id,
            Operation = job.Operation,
            Until = due,
            Code = code,
            Message = message,
            Attempts = headers.Failed,
            Waits = headers.Waits,
            Metadata = job.Request.Metadata,
        };
        try
        {
            await sending.Delay(job.Operation, () => events.Delayed(context, delayed));
        }
        catch (UnwritableEventException)
        {
            await sending.Delay(job.Operation,
                () =>
                    events.Delayed(context,
                        delayed with { JobId = OperationFailedEvent.Cut(job.Id), Metadata = null, Message = "" }));
        }
        metrics.Delayed(job.Operation, code);
        DeliverySpans.Waits(code, due);
    }
}
