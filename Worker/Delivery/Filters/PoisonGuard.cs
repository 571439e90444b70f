using MassTransit;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Bodies;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Delivery.Filters;

/// <summary>Detects messages that were delivered too often: they may crash the worker.</summary>
sealed class PoisonGuard(
    RunningCalls calls, UnsentAnswers unsent, ITransport transport, QueueNames topology,
    IOptions<DeliveryOptions> options, TimeProvider clock)
{
    /// <summary>Why the message is given up; null if it is not.</summary>
    public Failure? Refusal(ReceiveContext context, Received received, Delivered delivered) =>
        received.Deliveries <= options.Value.MaxDeliveries || IsAtHand(context, received, delivered)
            ? null
            : Poison(options.Value.MaxDeliveries);

    /// <summary>Whether it was delivered so often that even reading it for its ending may crash the worker.</summary>
    public bool IsUnreadable(Received received) => received.Deliveries > 2 * options.Value.MaxDeliveries;

    // A result in memory is published, however often its delivery returned; but a result that must be read first may be
    // what crashes the worker.
    bool IsAtHand(ReceiveContext context, Received received, Delivered delivered) =>
        calls.HasBody(delivered.Body) || !IsUnreadable(received)
            && (unsent.HasBody(delivered.Body) || CarriesResult(context, received));

    // The store with a part of it was unavailable; the rest is in the job's own headers.
    bool CarriesResult(ReceiveContext context, Received received)
    {
        if (!JobHeaders.AreIn(context.TransportHeaders))
            return false;
        var operation = topology.OperationOf(context, received);
        PlainBody.Open(context, operation);
        return transport.HeadersOf(context, operation, UnreadableRequest.Of(context).IdOf(received),
            clock.GetUtcNow()).State is { Answered: not null };
    }

    static Failure Poison(int deliveries) => new(FailureKind.Permanent, FailureCodes.Poison,
        $"The job was delivered more than {deliveries} times (Delivery:MaxDeliveries) without an ending. It may "
            + "crash the worker.",
        Remedy.Operator);
}
