using MassTransit;
using OpenAIWorker.Delivery.Events;
using OpenAIWorker.Delivery.Messages;

namespace OpenAIWorker.Delivery.Clients;

/// <summary>Passes the events in a client's queue to the client unchanged.</summary>
sealed class EventConsumer(EventInbox inbox) : IConsumer<AnyEvent>
{
    public Task Consume(ConsumeContext<AnyEvent> context) => inbox.Deliver(new(
        context.Message.JobId,
        context.ReceiveContext.TransportHeaders.Get<string>(EventPublisher.EventTypeHeader) ?? "",
        context.ReceiveContext.GetBody()));
}

/// <summary>An event of any type; the raw deserializer accepts all events as this type.</summary>
sealed record AnyEvent
{
    public string JobId { get; init; } = "";
}
