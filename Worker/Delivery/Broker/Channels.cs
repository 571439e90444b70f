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

    /// <summary>
    /// Consumes a stream from its first message. If the connection is used afterwards, dispose the result before the
    /// channel.
    /// </summary>
    /// <param name="channel">The channel, which has no other consumer.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="prefetch">The number of messages in memory at once.</param>
    /// <param name="each">Called for each message in order.</param>
    /// <param name="ended">Called when the broker ends the consumer: the stream was deleted, or moves to another
    /// node.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<IAsyncDisposable> Follow(
        this IChannel channel, string stream, ushort prefetch, Action<BasicDeliverEventArgs> each, Func<Task>? ended,
        CancellationToken cancellation)
    {
        await channel.BasicQosAsync(0, prefetch, global: false, cancellation);
        var consumer = new AsyncEventingBasicConsumer(channel);
        var following = new Following(channel, each);
        consumer.ReceivedAsync += (_, message) => following.Take(message);
        if (ended is not null)
            consumer.UnregisteredAsync += (_, _) => ended();
        var fromFirst = new Dictionary<string, object?> { ["x-stream-offset"] = "first" };
        await channel.BasicConsumeAsync(stream, autoAck: false, "", noLocal: false, exclusive: false, fromFirst,
            consumer, cancellation);
        return following;
    }

    /// <summary>
    /// Acknowledges each message until it is disposed. An acknowledgement that reaches the broker after the channel's
    /// close would close the whole connection (504, expected 'channel.open').
    /// </summary>
    sealed class Following(IChannel channel, Action<BasicDeliverEventArgs> each) : IAsyncDisposable
    {
        // A broker with an alarm reads neither acknowledgements nor a close.
        static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

        readonly SemaphoreSlim turn = new(1);
        volatile bool isOver;

        public async Task Take(BasicDeliverEventArgs message)
        {
            await turn.WaitAsync();
            try
            {
                if (isOver)
                    return;
                each(message);
                await channel.BasicAckAsync(message.DeliveryTag, multiple: false, message.CancellationToken);
            }
            finally
            {
                turn.Release();
            }
        }

        public async ValueTask DisposeAsync()
        {
            isOver = true;
            if (await turn.WaitAsync(Patience))
                turn.Release();
        }
    }
}
