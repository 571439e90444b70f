using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace OpenAIWorker.Delivery.Broker;

/// <summary>Functions for the worker's own channels.</summary>
static class Channels
{
    static readonly CreateChannelOptions Confirming = new(publisherConfirmationsEnabled: true,
        publisherConfirmationTrackingEnabled: true);

    /// <summary>A channel on which publishing completes once the broker has confirmed the message.</summary>
    public static Task<IChannel> ConfirmingChannel(this IConnection connection, CancellationToken cancellation) =>
        connection.CreateChannelAsync(Confirming, cancellation);

    /// <summary>Consumes a stream from its first message.</summary>
    /// <param name="channel">The channel, which has no other consumer.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="prefetch">The number of messages in memory at once.</param>
    /// <param name="each">Called for each message in order.</param>
    /// <param name="ended">Called when the broker ends the consumer: the stream was deleted, or moves to another
    /// node.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task Follow(
        this IChannel channel, string stream, ushort prefetch, Action<BasicDeliverEventArgs> each, Func<Task>? ended,
        CancellationToken cancellation)
    {
        await channel.BasicQosAsync(0, prefetch, global: false, cancellation);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, message) =>
        {
            each(message);
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false, message.CancellationToken);
        };
        if (ended is not null)
            consumer.UnregisteredAsync += (_, _) => ended();
        var fromFirst = new Dictionary<string, object?> { ["x-stream-offset"] = "first" };
        await channel.BasicConsumeAsync(stream, autoAck: false, "", noLocal: false, exclusive: false, fromFirst,
            consumer, cancellation);
    }
}
