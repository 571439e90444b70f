using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using OpenAIWorker.Tests.Broker;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace OpenAIWorker.Tests.Running;

/// <summary>
/// A client that knows only names of this project: it publishes bytes, and keeps what <c>PREFIX.events</c> sends.
/// </summary>
sealed class AmqpClient : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    readonly IConnection connection;
    readonly IChannel channel;
    readonly string prefix;
    readonly ConcurrentQueue<Arrived> arrived = new();
    readonly SemaphoreSlim news = new(0);

    AmqpClient(IConnection connection, IChannel channel, string prefix) =>
        (this.connection, this.channel, this.prefix) = (connection, channel, prefix);

    public IReadOnlyList<Arrived> Events => [.. arrived];

    public IChannel Channel => channel;

    /// <summary>A channel for questions about things that may not exist: such a question closes it.</summary>
    public Task<IChannel> NewChannel() =>
        connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>Whether the queue exists.</summary>
    public async Task<bool> IsThere(string queue)
    {
        await using var asking = await NewChannel();
        try
        {
            await asking.QueueDeclarePassiveAsync(queue, TestContext.Current.CancellationToken);
            return true;
        }
        catch (OperationInterruptedException)
        {
            return false;
        }
    }

    /// <summary>Subscribes to all events. The worker must have declared its exchanges.</summary>
    public static Task<AmqpClient> Open(BrokerFixture broker, string prefix) => Open(broker.Uri, prefix);

    public static async Task<AmqpClient> Open(Uri broker, string prefix)
    {
        var connection = await Amqp.Connect(broker, TestContext.Current.CancellationToken);
        var channel = await connection.CreateChannelAsync(
            new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        var client = new AmqpClient(connection, channel, prefix);
        var queue = $"{prefix}.test-events";
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false);
        await channel.QueueBindAsync(queue, $"{prefix}.events", "#");
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += client.Take;
        await channel.BasicConsumeAsync(queue, autoAck: true, consumer);
        return client;
    }

    public Task Publish(string operation, string body, BasicProperties? properties = null) =>
        Publish(operation, Encoding.UTF8.GetBytes(body), properties);

    public async Task Publish(string operation, ReadOnlyMemory<byte> body, BasicProperties? properties = null) =>
        await channel.BasicPublishAsync($"{prefix}.jobs", operation, mandatory: true,
            properties ?? new() { Persistent = true }, body);

    /// <summary>Waits for an event.</summary>
    public async Task<Arrived> Event(Func<Arrived, bool> wanted)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (true)
        {
            if (arrived.FirstOrDefault(wanted) is { } found)
                return found;
            await news.WaitAsync(patience.Token);
        }
    }

    public Task<Arrived> Ending(string job) => Event(arrived => IsEnding(arrived, job));

    /// <summary>The endings of a job that have arrived.</summary>
    public IReadOnlyList<Arrived> Endings(string job) => [.. Events.Where(arrived => IsEnding(arrived, job))];

    static bool IsEnding(Arrived arrived, string job) =>
        arrived.JobId == job && !arrived.RoutingKey.EndsWith(".delayed", StringComparison.Ordinal);

    /// <summary>Takes a message out of a queue, and waits until there is one.</summary>
    public async Task<BasicGetResult> Get(string queue)
    {
        for (var tries = 0; tries < 200; tries++)
        {
            if (await channel.BasicGetAsync(queue, autoAck: true) is { } got)
                return got;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        throw new TimeoutException($"Nothing came into {queue}.");
    }

    /// <summary>A job's dead letter. Dead letters of other jobs are discarded.</summary>
    public async Task<BasicGetResult> Letter(string operation, string job)
    {
        while (true)
        {
            var letter = await Get($"{prefix}.{operation}.dead");
            if (Encoding.UTF8.GetString((byte[])letter.BasicProperties.Headers!["openai-worker-job-id"]!) == job)
                return letter;
        }
    }

    /// <summary>Deletes queues, the exchanges with their names, and exchanges.</summary>
    public async Task Delete(IEnumerable<string> queues, IEnumerable<string> exchanges)
    {
        foreach (var queue in queues.Append($"{prefix}.test-events").ToList())
        {
            await channel.QueueDeleteAsync(queue);
            await channel.ExchangeDeleteAsync(queue);
        }
        foreach (var exchange in exchanges)
            await channel.ExchangeDeleteAsync(exchange);
    }

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
        news.Dispose();
    }

    Task Take(object sender, BasicDeliverEventArgs message)
    {
        arrived.Enqueue(new(message.RoutingKey, new BasicProperties(message.BasicProperties),
            JsonElement.Parse(message.Body.Span)));
        news.Release();
        return Task.CompletedTask;
    }
}

/// <summary>An event as it arrived.</summary>
sealed record Arrived(string RoutingKey, BasicProperties Properties, JsonElement Body)
{
    public string JobId { get; } = Body.TryGetProperty("jobId", out var job) ? job.GetString()! : "";

    public string? Code { get; } = Body.TryGetProperty("code", out var code) ? code.GetString() : null;

    public string? Header(string name) =>
        Properties.Headers?.TryGetValue(name, out var value) == true ? Encoding.UTF8.GetString((byte[])value!) : null;
}
