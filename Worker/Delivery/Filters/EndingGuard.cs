using MassTransit;
using Microsoft.Extensions.Logging;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Lanes;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Settlement;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Telemetry;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Delivery.Filters;

/// <summary>
/// Surrounds the whole handling of a delivery: it produces one ending, or is returned because of the broker. A message
/// that was delivered too often ends here, before it is read.
/// </summary>
sealed partial class EndingGuard(
    FailMessage failing, PoisonGuard poison, ITransport transport, DeliveryMemory memory, BrokerFaults faults,
    TimeProvider clock, ILogger<EndingGuard> logger)
    : IFilter<ReceiveContext>
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
            // A worker that stops gives back whatever it holds.
            if (fault is not LaneRestsException and not OperationCanceledException)
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

    // The broker delivers again at once; a lasting fault must not become a busy loop.
    async Task Rest(ReceiveContext context)
    {
        if (transport.IsOpen(context) && !context.CancellationToken.IsCancellationRequested)
            await Task.Delay(Pause, clock, context.CancellationToken);
    }

    Task Deal(ReceiveContext context, Received received, Delivered delivered, IPipe<ReceiveContext> next)
    {
        if (poison.Refusal(context, received, delivered) is not { } refusal)
            return next.Send(context);
        return poison.IsUnreadable(received) ? failing.FailUnread(context, refusal) : failing.Fail(context, refusal);
    }

    async Task End(ReceiveContext context, Received received, Delivered delivered, Exception fault)
    {
        if (delivered.IsSettled)
        {
            log.AfterEnding(fault.GetType().Name, PlainText.Name(fault.Message));
            return;
        }
        var failure = DeliveryFailure.Of(fault, context, failing.OperationOf(context));
        // The exception for an unreadable body repeats the sender's words; the log line of the ending says enough.
        if (failure.Code == FailureCodes.WorkerError)
            log.Fault(fault.GetType().Name, PlainText.Name(fault.Message));
        try
        {
            await failing.Fail(context, failure);
        }
        catch (Exception untold) when (!faults.Explain(context, untold))
        {
            // No form of the ending can be published, and its message is kept: trying for ever would help no one.
            var isOver = delivered.HasLetter && poison.IsUnreadable(received);
            var deed = isOver ? "It is no longer published; its dead letter stays" : "It is tried again";
            log.Untold(PlainText.Name(received.MessageId ?? ""), deed, untold.GetType().Name,
                PlainText.Name(untold.Message));
            if (isOver)
            {
                Delivered.Settle(context);
                return;
            }
            await Rest(context);
            throw;
        }
    }

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(4, LogLevel.Warning, "A delivery returns to the broker: {Fault}: {Reason}")]
        public partial void GivenBack(string fault, string reason);

        [LoggerMessage(20, LogLevel.Information,
            "Message {Message} was delivered again, because its acknowledgement was lost. Its job is settled")]
        public partial void SettledBefore(string message);

        [LoggerMessage(21, LogLevel.Error, "A delivery ends because of an error in it: {Fault}: {Reason}")]
        public partial void Fault(string fault, string reason);

        [LoggerMessage(22, LogLevel.Warning,
            "An error after the job was settled changes nothing: {Fault}: {Reason}")]
        public partial void AfterEnding(string fault, string reason);

        [LoggerMessage(23, LogLevel.Critical,
            "The ending of message {Message} cannot be published. {Deed}: {Fault}: {Reason}")]
        public partial void Untold(string message, string deed, string fault, string reason);
    }
}
