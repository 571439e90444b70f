using MassTransit;
using MassTransit.Context;
using MassTransit.Metadata;

namespace OpenAIWorker.Delivery.Endpoints;

/// <summary>What a consumer sees of a <see cref="DirectDelivery"/>: no envelope, and no sender that waits.</summary>
sealed class DirectContext(DirectDelivery delivery) : DeserializerConsumeContext(delivery, null!)
{
    public override Guid? MessageId => null;

    public override Guid? RequestId => null;

    public override Guid? CorrelationId => null;

    public override Guid? ConversationId => null;

    public override Guid? InitiatorId => null;

    public override DateTime? ExpirationTime => null;

    public override Uri SourceAddress => null!;

    public override Uri DestinationAddress => null!;

    public override Uri ResponseAddress => null!;

    public override Uri FaultAddress => null!;

    public override DateTime? SentTime => null;

    public override Headers Headers => delivery.TransportHeaders;

    public override HostInfo Host => HostMetadataCache.Host;

    public override IEnumerable<string> SupportedMessageTypes => [];

    public override bool HasMessageType(Type messageType) => messageType.IsInstanceOfType(delivery.Job);

    public override bool TryGetMessage<T>(out ConsumeContext<T> message)
    {
        message = (delivery.Job is T job ? new MessageConsumeContext<T>(this, job) : null)!;
        return message is not null;
    }
}
