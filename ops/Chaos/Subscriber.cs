using System.Collections.Concurrent;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace OpenAIWorker.Chaos;

/// <summary>A plain AMQP client with a durable queue on the events: it writes down every ending that arrives.</summary>
sealed class Subscriber : IAsyncDisposable
{
    const ushort Prefetch = 100;

    readonly IConnection connection;
    readonly IChannel channel;
    readonly ConcurrentQueue<Ending> endings = new();

    Subscriber(IConnection connection, IChannel channel) => (this.connection, this.channel) = (connection, channel);

    public IReadOnlyCollection<Ending> Endings => endings;

    public int Jobs => endings.Select(ending => ending.Job).Distinct().Count();

    public static async Task<Subscriber> Open(Broker broker, string prefix, CancellationToken cancellation)
    {
        var connection = await broker.Connect(cancellation);
        var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        var queue = $"{prefix}.counted";
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: cancellation);
        await channel.ExchangeDeclareAsync($"{prefix}.events", ExchangeType.Topic, durable: true, cancellationToken: cancellation);
        foreach (var ended in (string[])["*.completed", "*.failed"])
            await channel.QueueBindAsync(queue, $"{prefix}.events", ended, cancellationToken: cancellation);
        await channel.BasicQosAsync(0, Prefetch, global: false, cancellation);
        var subscriber = new Subscriber(connection, channel);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += subscriber.Take;
        await channel.BasicConsumeAsync(queue, autoAck: false, consumer, cancellation);
        return subscriber;
    }

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }

    async Task Take(object sender, BasicDeliverEventArgs message)
    {
        // What this client itself did not get to acknowledge in time is no copy of a worker's making.
        if (!message.Redelivered || endings.All(ending => ending.MessageId != message.BasicProperties.MessageId))
            endings.Enqueue(Ending.Of(message));
        try
        {
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false);
        }
        catch (RabbitMQ.Client.Exceptions.AlreadyClosedException)
        {
            // The broker gives it again.
        }
    }
}

/// <summary>An ending as it arrived.</summary>
/// <param name="MessageId">The same for every copy of one ending.</param>
/// <param name="What">The kind of ending, and why where it failed.</param>
sealed record Ending(string Job, string MessageId, string What, DateTimeOffset At)
{
    public static Ending Of(BasicDeliverEventArgs message)
    {
        var body = JsonElement.Parse(message.Body.Span);
        var code = body.TryGetProperty("code", out var failure) ? $": {failure}" : "";
        return new(body.GetProperty("jobId").GetString()!, message.BasicProperties.MessageId!, $"{body.GetProperty("ending")}{code}", TimeProvider.System.GetUtcNow());
    }
}
