using OpenAIWorker.Tests.Broker;
using RabbitMQ.Client;

namespace OpenAIWorker.Tests.Delivery.Topology;

/// <summary>The users of <c>ops/rabbitmq/definitions.json</c>, on a real broker.</summary>
public abstract class LeastPrivilegeScene : IClassFixture<DefinedBroker>
{
    private protected static readonly CreateChannelOptions Confirmed = new(publisherConfirmationsEnabled: true,
        publisherConfirmationTrackingEnabled: true);

    private protected static Task Publish(IChannel channel, string exchange, string routingKey) =>
        channel.BasicPublishAsync(exchange, routingKey, mandatory: true, new BasicProperties(), "{}"u8.ToArray())
            .AsTask();
}
