using System.Collections.Concurrent;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace OpenAIWorker.Rig;

/// <summary>A plain AMQP client with a durable queue on the events. It records every ending that arrives.</summary>
public sealed class Subscriber : IAsyncDisposable
{
    const ushort Prefetch = 100;
    const string Delayed = "*.delayed";

    readonly IConnection connection;
    readonly IChannel channel;
    readonly ConcurrentQueue<Ending> endings = new();
    readonly ConcurrentDictionary<string, bool> jobs = new();
    int delays;

    Subscriber(IConnection connection, IChannel channel) => (this.connection, this.channel) = (connection, channel);

    /// <summary>In order of arrival, including copies.</summary>
    public IReadOnlyCollection<Ending> Endings => endings;

    /// <summary>The number of jobs with an ending.</summary>
    public int Jobs => jobs.Count;

    /// <summary>How often jobs waited, if that is counted.</summary>
    public int Delays => delays;

    /// <summary>Starts counting.</summary>
    public static async Task<Subscriber> Open(Broker broker, string prefix, bool countsDelays,
        CancellationToken cancellation)
    {
        var connection = await broker.Connect(cancellation);
        var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        var queue = $"{prefix}.counted";
        var quorum = new Dictionary<string, object?> { ["x-queue-type"] = "quorum" };
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, quorum,
            cancellationToken: cancellation);
        await channel.ExchangeDeclareAsync($"{prefix}.events", ExchangeType.Topic, durable: true,
            cancellationToken: cancellation);
        foreach (var happened in (string[])["*.completed", "*.failed",
            .. countsDelays ? [Delayed] : Array.Empty<string>()])
            await channel.QueueBindAsync(queue, $"{prefix}.events", happened, cancellationToken: cancellation);
        await channel.BasicQosAsync(0, Prefetch, global: false, cancellation);
        var subscriber = new Subscriber(connection, channel);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += subscriber.Take;
        await channel.BasicConsumeAsync(queue, autoAck: false, consumer, cancellation);
        return subscriber;
    }

    /// <summary>Stops counting; the queue stays.</summary>
    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }

    async Task Take(object sender, BasicDeliverEventArgs message)
    {
        Note(message);
        try
        {
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false);
        }
        catch (RabbitMQ.Client.Exceptions.AlreadyClosedException)
        {
            // The broker delivers it again.
        }
    }

    void Note(BasicDeliverEventArgs message)
    {
        if (message.RoutingKey.EndsWith(Delayed[1..], StringComparison.Ordinal))
        {
            Interlocked.Increment(ref delays);
            return;
        }
        // A message that this client did not acknowledge in time is not a copy made by a worker.
        if (message.Redelivered && endings.Any(ending => ending.MessageId == message.BasicProperties.MessageId))
            return;
        var ending = Ending.Of(message);
        endings.Enqueue(ending);
        jobs[ending.Job] = true;
    }
}
