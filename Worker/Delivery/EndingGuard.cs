using MassTransit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Telemetry;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Delivery;

/// <summary>
/// Around everything that is done with a delivery: it ends in one ending, or it goes back to the broker for a reason that is the broker's.
/// What was delivered too often is given up here, before anything of the message is read.
/// </summary>
sealed partial class EndingGuard(
    JobEnd end, ITransport transport, Topology topology, OngoingCalls calls, DeliveryMemory memory, BrokerFaults faults,
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
            await Deal(context, received, delivered, next);
        }
        catch (Exception fault) when (!delivered.IsSettled && faults.Explain(context, fault))
        {
            if (fault is not LaneRestsException)
                log.GivenBack(fault.GetType().Name, PlainText.Name(fault.Message));
            // The broker delivers again at once; a refusal that stays must not spin.
            if (transport.IsOpen(context) && !context.CancellationToken.IsCancellationRequested && fault is not OperationCanceledException)
                await Task.Delay(Pause, clock, context.CancellationToken);
            throw;
        }
        catch (Exception fault)
        {
            await End(context, received, delivered, fault);
        }
        memory.Settle(delivered);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("endingGuard");

    Task Deal(ReceiveContext context, Received received, Delivered delivered, IPipe<ReceiveContext> next)
    {
        // A result that is at hand is told, however often its delivery came back.
        if (received.Deliveries <= options.Value.MaxDeliveries || calls.HasBody(delivered.Body))
            return next.Send(context);
        var operation = topology.OperationOf(context, received);
        var poison = Poison(options.Value.MaxDeliveries);
        // It may be the reading for the poison ending that crashes the worker.
        return received.Deliveries <= 2 * options.Value.MaxDeliveries
            ? end.Fail(context, operation, poison)
            : end.FailUnread(context, operation, poison);
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
        await end.Fail(context, operation, failure);
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
    }
}
