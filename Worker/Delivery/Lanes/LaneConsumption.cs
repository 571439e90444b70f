using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace OpenAIWorker.Delivery.Lanes;

/// <summary>Passes a lane's deliveries to the consumer of its operation's queue, but not the end of the lane.</summary>
sealed class LaneConsumption(IAsyncBasicConsumer consumer, LaneFeed feed) : IAsyncBasicConsumer
{
    public IChannel? Channel => consumer.Channel;

    public Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey,
        IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken = default) =>
        consumer.HandleBasicDeliverAsync(consumerTag, deliveryTag, redelivered, exchange, routingKey, properties, body,
            cancellationToken);

    public Task HandleBasicConsumeOkAsync(string consumerTag, CancellationToken cancellationToken = default) =>
        Task.CompletedTask;

    public Task HandleBasicCancelOkAsync(string consumerTag, CancellationToken cancellationToken = default) =>
        Task.CompletedTask;

    public Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        // The client waits for the returned task before it reads on.
        _ = feed.Cancelled();
        return Task.CompletedTask;
    }

    public Task HandleChannelShutdownAsync(object channel, ShutdownEventArgs reason) => Task.CompletedTask;
}
