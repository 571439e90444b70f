using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace OpenAIWorker.Delivery.Lanes;

/// <summary>
/// Hands a lane's deliveries to the consumer of its operation's queue, which must not take the lane's end for its own.
/// </summary>
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
        // The client waits for what is returned before it reads on.
        _ = feed.Cancelled();
        return Task.CompletedTask;
    }

    public Task HandleChannelShutdownAsync(object channel, ShutdownEventArgs reason) => Task.CompletedTask;
}
