using OpenAIWorker.Delivery.Lanes;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace OpenAIWorker.Delivery.Broker.Fast;

/// <summary>
/// Starts each delivery at once, however many are running. By default the RabbitMQ client keeps as many readers ready
/// as deliveries may run at once, and wakes every idle one for every delivery: at half load with 512 this was a third
/// of a job's allocations.
/// </summary>
/// <param name="consumer">Receives the deliveries.</param>
/// <param name="lane">The queue, if it is not the endpoint's own.</param>
sealed class ConcurrentConsumer(IAsyncBasicConsumer consumer, string? lane = null) : IAsyncBasicConsumer
{
    static readonly AsyncLocal<string?> Current = new();

    /// <summary>The lane of the delivery that the running code belongs to. Null: the queue of its endpoint.</summary>
    public static string? Lane => Current.Value;

    public IChannel? Channel => consumer.Channel;

    /// <summary>
    /// Returns when the delivery has started, not when it is done. The prefetch limits the number of deliveries.
    /// </summary>
    public Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey,
        IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken = default)
    {
        // The client reuses its buffer when this method returns.
        var delivery = new Delivery(consumer, lane, consumerTag, deliveryTag, redelivered, exchange, routingKey,
            properties, body.ToArray(), cancellationToken);
        // Queued globally, so that deliveries start about in order; a thread's local queue would reverse them.
        ThreadPool.UnsafeQueueUserWorkItem(delivery, preferLocal: false);
        return Task.CompletedTask;
    }

    public Task HandleBasicConsumeOkAsync(string consumerTag, CancellationToken cancellationToken = default) =>
        consumer.HandleBasicConsumeOkAsync(consumerTag, cancellationToken);

    public Task HandleBasicCancelOkAsync(string consumerTag, CancellationToken cancellationToken = default) =>
        consumer.HandleBasicCancelOkAsync(consumerTag, cancellationToken);

    public Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default) =>
        consumer.HandleBasicCancelAsync(consumerTag, cancellationToken);

    public Task HandleChannelShutdownAsync(object channel, ShutdownEventArgs reason) =>
        consumer.HandleChannelShutdownAsync(channel, reason);

    sealed class Delivery(
        IAsyncBasicConsumer consumer, string? lane, string consumerTag, ulong deliveryTag, bool redelivered,
        string exchange, string routingKey, IReadOnlyBasicProperties properties,
        byte[] body, CancellationToken cancellation) : IThreadPoolWorkItem
    {
        // A failed delivery is logged inside, and the broker delivers the message again.
        public void Execute()
        {
            if (lane is not null)
                Current.Value = lane;
            ReceivedBody.Own(body);
            _ = consumer.HandleBasicDeliverAsync(consumerTag, deliveryTag, redelivered, exchange, routingKey,
                properties, body, cancellation);
        }
    }
}
