using System.Buffers;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace OpenAIWorker.Delivery;

/// <summary>
/// Begins each delivery at once, however many go on. Left to itself the RabbitMQ client holds as many readers ready as may go on at once, and wakes every idle one of them for every
/// delivery: at half of what 512 can do, that was a third of all that a job allocated.
/// </summary>
sealed class ConcurrentConsumer(IAsyncBasicConsumer consumer) : IAsyncBasicConsumer
{
    public IChannel? Channel => consumer.Channel;

    /// <summary>Returns when the delivery has been taken, not when it is done. The broker brings no more of them than the prefetch.</summary>
    public Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken = default)
    {
        // The client takes its own buffer back when this method returns.
        var kept = ArrayPool<byte>.Shared.Rent(body.Length);
        body.CopyTo(kept);
        // In the order of their coming, which a thread's own list of work would turn round.
        ThreadPool.UnsafeQueueUserWorkItem(static delivery => _ = delivery.Run(), new Delivery(kept, Handle), preferLocal: false);
        return Task.CompletedTask;

        Task Handle() => consumer.HandleBasicDeliverAsync(
            consumerTag, deliveryTag, redelivered, exchange, routingKey, properties, kept.AsMemory(0, body.Length), cancellationToken);
    }

    public Task HandleBasicConsumeOkAsync(string consumerTag, CancellationToken cancellationToken = default) =>
        consumer.HandleBasicConsumeOkAsync(consumerTag, cancellationToken);

    public Task HandleBasicCancelOkAsync(string consumerTag, CancellationToken cancellationToken = default) =>
        consumer.HandleBasicCancelOkAsync(consumerTag, cancellationToken);

    public Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default) =>
        consumer.HandleBasicCancelAsync(consumerTag, cancellationToken);

    public Task HandleChannelShutdownAsync(object channel, ShutdownEventArgs reason) => consumer.HandleChannelShutdownAsync(channel, reason);

    sealed record Delivery(byte[] Body, Func<Task> Handle)
    {
        public async Task Run()
        {
            // MassTransit's consumer never throws: what fails is logged there, and the message goes back to the broker.
            await Handle();
            ArrayPool<byte>.Shared.Return(Body);
        }
    }
}
