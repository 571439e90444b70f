using System.Diagnostics;
using MassTransit;
using Microsoft.Extensions.Logging;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Cancelling;
using OpenAIWorker.Delivery.Events;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Delivery.Settlement;

/// <summary>
/// Every ending of every job is told here, and nowhere else: of a job that completed, that failed, whose message could not be read, and that was given up
/// while it waited in the broker.
/// </summary>
sealed partial class EndingPublisher(EventPublisher events, EventSending sending, EventCourier courier, BrokerFaults faults, ILogger<EndingPublisher> logger)
{
    readonly Log log = new(logger);

    /// <summary>The job has its result. Completes when the broker has confirmed the event.</summary>
    /// <exception cref="UnwritableEventException">Nothing was published: the result is no message.</exception>
    public Task Tell<TResult>(ReceiveContext context, TResult result) where TResult : OperationResult =>
        sending.Ending(result.Operation, () => events.Ended(context, result));

    /// <summary>
    /// The job failed. Whatever its failure holds, some ending is told: if not all of it can be written, then less, and at last only what the worker itself wrote.
    /// </summary>
    public async Task Tell(ReceiveContext context, OperationFailed failed)
    {
        foreach (var shorter in OperationFailedEvent.Shorter(failed))
        {
            try
            {
                await sending.Ending(failed.Operation, () => events.Ended(context, shorter()));
                return;
            }
            catch (Exception fault) when (!faults.Explain(context, fault))
            {
                log.Shortened(PlainText.Name(failed.JobId), failed.Operation, fault.GetType().Name, PlainText.Name(fault.Message));
            }
        }
        throw new UnreachableException($"The ending of a job of {failed.Operation} cannot be written at all.");
    }

    /// <summary>The job failed while it waits in the broker, and no delivery of it is here. Its ending is sent soon, and again until the broker has confirmed it.</summary>
    public void Tell(OperationFailed failed, WaitingEnd waiting, Action sent) =>
        courier.Send(Event(failed, waiting), waiting.ReplyTo, failed.JobId, failed.Ending, sent);

    OutgoingEvent Event(OperationFailed failed, WaitingEnd waiting)
    {
        try
        {
            return events.Of(failed, waiting.CorrelationId);
        }
        catch (UnwritableEventException)
        {
            return events.Of(OperationFailedEvent.Short(failed), waiting.CorrelationId);
        }
    }

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(8, LogLevel.Error, "Job {JobId}: {Operation}: its ending cannot be written as it is, and is told shorter: {Fault}: {Reason}")]
        public partial void Shortened(string jobId, string operation, string fault, string reason);
    }
}
