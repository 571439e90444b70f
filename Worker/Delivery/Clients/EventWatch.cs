using System.Runtime.CompilerServices;
using System.Threading.Channels;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Topology;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace OpenAIWorker.Delivery.Clients;

/// <summary>Follows new events, with a queue that is deleted with the connection.</summary>
sealed class EventWatch(BrokerOptions broker, QueueNames topology)
{
    // An event may be as large as a message: few are prefetched, and the broker drops the oldest unread ones.
    const ushort Prefetch = 4;
    static readonly Dictionary<string, object?> Bounded = new() { ["x-max-length-bytes"] = 64L * 1024 * 1024 };

    /// <summary>Events whose routing key fits a pattern, such as <c>*.failed</c>.</summary>
    public async IAsyncEnumerable<WatchedEvent> Follow(IReadOnlyList<string> patterns, Action onReady,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var connection = await BrokerConnection.Open(broker, "watch", cancellation);
        if (!await PassiveDeclaration.OfExchange(connection, topology.Events, cancellation))
            await PassiveDeclaration.Declare(connection,
                async channel =>
                    await channel.ExchangeDeclareAsync(topology.Events, ExchangeType.Topic, durable: true,
                        cancellationToken: cancellation), cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        var queue = await PassiveDeclaration.Permitted(() =>
            channel.QueueDeclareAsync(arguments: Bounded, cancellationToken: cancellation));
        foreach (var pattern in patterns)
            await channel.QueueBindAsync(queue.QueueName, topology.Events, pattern, cancellationToken: cancellation);
        var arrived = Channel.CreateBounded<WatchedEvent>(1);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, message) =>
        {
            await arrived.Writer.WriteAsync(new(message.RoutingKey, message.Body.ToArray()), cancellation);
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancellation);
        };
        await channel.BasicQosAsync(0, Prefetch, global: false, cancellation);
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: false, consumer, cancellation);
        onReady();
        await foreach (var happened in arrived.Reader.ReadAllAsync(cancellation))
            yield return happened;
    }
}

/// <summary>An event that was received.</summary>
sealed record WatchedEvent(string RoutingKey, ReadOnlyMemory<byte> Body);
