using MassTransit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Admission;
using OpenAIWorker.Delivery.Bodies;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Lanes;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Settlement;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Jobs;
using OpenAIWorker.Telemetry;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Delivery.Filters;

/// <summary>
/// Around everything that is done with a delivery: it ends in one ending, or it goes back to the broker for a reason that is the broker's.
/// What was delivered too often is given up here, before anything of the message is read.
/// </summary>
sealed partial class EndingGuard(
    JobEnd end, ITransport transport, QueueNames topology, OngoingCalls calls, UnsentAnswers unsent, DeliveryMemory memory, BrokerFaults faults,
    IOptions<DeliveryOptions> options, TimeProvider clock, ILogger<EndingGuard> logger) : IFilter<ReceiveContext>
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    readonly Log log = new(logger);

    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        var received = transport.Describe(context);
        var delivered = Delivered.Note(context, received);
        if (memory.IsSettled(delivered, context.Redelivered))
        {
            log.SettledBefore(PlainText.Name(received.MessageId ?? ""));
            return;
        }
        try
        {
            await Settle(context, received, delivered, next);
        }
        finally
        {
            if (delivered is { HasLetter: true, IsSettled: false })
                memory.KeepLetter(delivered);
        }
        memory.Settle(delivered);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("endingGuard");

    async Task Settle(ReceiveContext context, Received received, Delivered delivered, IPipe<ReceiveContext> next)
    {
        try
        {
            await Deal(context, received, delivered, next);
        }
        catch (Exception fault) when (!delivered.IsSettled && faults.Explain(context, fault))
        {
            if (fault is not LaneRestsException)
                log.GivenBack(fault.GetType().Name, PlainText.Name(fault.Message));
            if (fault is not OperationCanceledException)
                await Rest(context);
            throw;
        }
        catch (Exception fault)
        {
            await End(context, received, delivered, fault);
        }
    }

    // The broker delivers again at once; what stays as it is must not spin.
    async Task Rest(ReceiveContext context)
    {
        if (transport.IsOpen(context) && !context.CancellationToken.IsCancellationRequested)
            await Task.Delay(Pause, clock, context.CancellationToken);
    }

    Task Deal(ReceiveContext context, Received received, Delivered delivered, IPipe<ReceiveContext> next)
    {
        if (received.Deliveries <= options.Value.MaxDeliveries || IsAtHand(context, received, delivered))
            return next.Send(context);
        var operation = topology.OperationOf(context, received);
        var poison = Poison(options.Value.MaxDeliveries);
        // It may be the reading for the poison ending that crashes the worker.
        return received.Deliveries <= 2 * options.Value.MaxDeliveries
            ? end.Fail(context, operation, poison)
            : end.FailUnread(context, operation, poison);
    }

    // A result that is at hand is told, however often its delivery came back; but one that has to be read first may be what crashes the worker.
    bool IsAtHand(ReceiveContext context, Received received, Delivered delivered) =>
        calls.HasBody(delivered.Body)
        || received.Deliveries <= 2 * options.Value.MaxDeliveries && (unsent.HasBody(delivered.Body) || CarriesResult(context, received));

    // The store that keeps a part of it was away; the rest is in the job's own headers.
    bool CarriesResult(ReceiveContext context, Received received)
    {
        if (!JobHeaders.AreIn(context.TransportHeaders))
            return false;
        var operation = topology.OperationOf(context, received);
        PlainBody.Open(context, operation);
        return transport.HeadersOf(context, operation, KnownMembers.Of(context).IdOf(received), clock.GetUtcNow()).State is { Answered: not null };
    }

    async Task End(ReceiveContext context, Received received, Delivered delivered, Exception fault)
    {
        if (delivered.IsSettled)
        {
            log.AfterEnding(fault.GetType().Name, PlainText.Name(fault.Message));
            return;
        }
        var operation = topology.OperationOf(context, received);
        var failure = DeliveryFailure.Of(fault, context, operation);
        // Of a body that cannot be read, the fault has the sender's words; the ending's line in the log says enough.
        if (failure.Code == FailureCodes.WorkerError)
            log.Fault(fault.GetType().Name, PlainText.Name(fault.Message));
        try
        {
            await end.Fail(context, operation, failure);
        }
        catch (Exception untold) when (!faults.Explain(context, untold))
        {
            // No form of it can be told, and its message is kept: to try for ever would be of no use to anybody.
            var isOver = delivered.HasLetter && received.Deliveries > 2 * options.Value.MaxDeliveries;
            var deed = isOver ? "It is told no more, and its dead letter stays" : "It is tried again";
            log.Untold(PlainText.Name(received.MessageId ?? ""), deed, untold.GetType().Name, PlainText.Name(untold.Message));
            if (isOver)
            {
                Delivered.Settle(context);
                return;
            }
            await Rest(context);
            throw;
        }
    }

    static Failure Poison(int deliveries) => new(FailureKind.Permanent, FailureCodes.Poison,
        $"The job was delivered more than {deliveries} times (Delivery:MaxDeliveries) without an ending. It may crash the worker.",
        Remedy.Operator);

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(4, LogLevel.Warning, "A delivery goes back to the broker: {Fault}: {Reason}")]
        public partial void GivenBack(string fault, string reason);

        [LoggerMessage(20, LogLevel.Information, "Message {Message} came again, because its acknowledgement was lost. Its job is settled")]
        public partial void SettledBefore(string message);

        [LoggerMessage(21, LogLevel.Error, "A delivery ends because of a fault of its own: {Fault}: {Reason}")]
        public partial void Fault(string fault, string reason);

        [LoggerMessage(22, LogLevel.Warning, "A fault came after the job was settled, and changes nothing: {Fault}: {Reason}")]
        public partial void AfterEnding(string fault, string reason);

        [LoggerMessage(23, LogLevel.Critical, "The ending of message {Message} cannot be told. {Deed}: {Fault}: {Reason}")]
        public partial void Untold(string message, string deed, string fault, string reason);
    }
}
