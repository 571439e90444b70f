using System.Diagnostics;
using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.Logging;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Cancelling;
using OpenAIWorker.Delivery.Events;
using OpenAIWorker.Delivery.Records;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Operations;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Delivery.Settlement;

/// <summary>
/// The only place that publishes endings: of jobs that completed, that failed, whose message could not be read, and
/// that ended while they waited in the broker.
/// </summary>
sealed partial class EndingPublisher(
    EventPublisher events, EventSending sending, EventCourier courier, JobRecords records, BrokerFaults faults,
    ILogger<EndingPublisher> logger)
{
    readonly Log log = new(logger);

    /// <summary>Publishes a job's result. Completes when the broker has confirmed the event.</summary>
    /// <exception cref="UnwritableEventException">The result cannot be a message; nothing was published.</exception>
    public Task Tell<TResult>(ReceiveContext context, TResult result)
        where TResult : OperationResult => TellFirst(context, result);

    /// <summary>Publishes a job's recorded ending.</summary>
    public Task Tell(ReceiveContext context, ClaimAnswer.Ended ended) => ended.State == JobStates.Completed
        ? OperationCatalog.Named(ended.Operation)!.Accept(new Retelling(this, context, ended))
        : Publish(context, Read<OperationFailed>(ended.Body), ended.Body);

    /// <summary>
    /// Publishes a job's failure. An ending is published in any case: if the whole failure cannot be written, then a
    /// shorter form, and finally only the worker's own words.
    /// </summary>
    public async Task Tell(ReceiveContext context, OperationFailed failed)
    {
        foreach (var shorter in OperationFailedEvent.Shorter(failed))
        {
            try
            {
                await TellFirst(context, shorter());
                return;
            }
            catch (Exception fault) when (!faults.Explain(context, fault))
            {
                log.Shortened(PlainText.Name(failed.JobId), failed.Operation, fault.GetType().Name,
                    PlainText.Name(fault.Message));
            }
        }
        throw new UnreachableException($"The ending of a job of {failed.Operation} cannot be written at all.");
    }

    /// <summary>
    /// Publishes the failure of a job that waits in the broker, without a delivery of it here. It is published soon,
    /// and again until the broker has confirmed it.
    /// </summary>
    public async Task Tell(OperationFailed failed, WaitingEnd waiting, Action sent)
    {
        var happened = Event(failed, waiting);
        // It had ended before, and that was published.
        if (await records.EndWaiting(failed, happened.Body) is not null)
            sent();
        else
            courier.Send(happened, waiting.ReplyTo, failed.JobId, failed.Ending, () =>
            {
                sent();
                return Task.CompletedTask;
            });
    }

    // Committed before it is published. If another delivery or worker has ended the job before, that ending is
    // published.
    async Task TellFirst<T>(ReceiveContext context, T ending) where T : class, IJobEnding
    {
        var body = events.Write(ending);
        if (await records.End(context, ending, body) is { } before)
            await Tell(context, before);
        else
            await Publish(context, ending, body);
    }

    Task Publish<T>(ReceiveContext context, T ending, byte[] body) where T : class, IJobEnding =>
        sending.Ending(ending.Operation, () => events.Ended(context, ending, body));

    static T Read<T>(byte[] body) => JsonSerializer.Deserialize<T>(body, BusJson.Options)!;

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

    sealed class Retelling(EndingPublisher publisher, ReceiveContext context, ClaimAnswer.Ended ended)
        : IOperationVisitor<Task>
    {
        public Task Visit<TRequest, TResult>(Operation operation)
            where TRequest : JobRequest
            where TResult : OperationResult =>
            publisher.Publish(context, ended.Event as TResult ?? Read<TResult>(ended.Body), ended.Body);
    }

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(8, LogLevel.Error,
            "Job {JobId}: {Operation}: its ending cannot be written, so a shorter one is published: {Fault}: {Reason}")]
        public partial void Shortened(string jobId, string operation, string fault, string reason);
    }
}
