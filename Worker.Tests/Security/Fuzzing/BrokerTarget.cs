using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpenAIWorker.Delivery.Seals;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace OpenAIWorker.Tests.Security.Fuzzing;

/// <summary>The worker on a real broker, and a foreign client.</summary>
sealed class BrokerTarget(BrokerFixture broker, BrokerWorker worker, IConnection listening, string prefix) : IFuzzTarget
{
    static readonly CreateChannelOptions Confirmed = new(publisherConfirmationsEnabled: true,
        publisherConfirmationTrackingEnabled: true);

    readonly SemaphoreSlim one = new(1);
    IConnection? sending;
    IChannel? channel;

    public Deliveries Deliveries { get; } = new();

    public HeaderSeal Seal { get; } = worker.Services.GetRequiredService<HeaderSeal>();

    public static async Task<BrokerTarget> Start(BrokerFixture broker, IReadOnlyList<string> settings)
    {
        var prefix = BrokerFixture.NewPrefix();
        var worker = await BrokerWorker.Start(broker, prefix, null, settings);
        var target = new BrokerTarget(broker, worker, await broker.Connect(), prefix);
        await target.Subscribe();
        return target;
    }

    public async Task<bool> Send(FuzzSent message)
    {
        await one.WaitAsync();
        try
        {
            sending ??= await broker.Connect();
            channel ??= await sending.CreateChannelAsync(Confirmed);
            await channel.BasicPublishAsync($"{prefix}.jobs", message.Operation, mandatory: true, Properties(message),
                message.Body);
            return true;
        }
        catch (OperationInterruptedException)
        {
            // Some versions of the broker close the connection of a client that sends a header which they cannot read:
            // no worker receives it.
            await sending!.AbortAsync();
            (sending, channel) = (null, null);
            return false;
        }
        finally
        {
            one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await worker.DisposeAsync();
        await listening.DisposeAsync();
        if (sending is not null)
            await sending.DisposeAsync();
        one.Dispose();
    }

    BasicProperties Properties(FuzzSent message) => new()
    {
        ContentType = message.Properties.ContentType,
        ContentEncoding = message.Properties.ContentEncoding,
        CorrelationId = message.Properties.CorrelationId,
        ReplyTo = message.Properties.ReplyTo?.Replace("openai", prefix, StringComparison.Ordinal),
        Expiration = message.Properties.Expiration,
        Priority = message.Properties.Priority,
        MessageId = message.MessageId,
        Persistent = true,
        Headers = message.Headers.ToDictionary(),
    };

    async Task Subscribe()
    {
        var events = await listening.CreateChannelAsync();
        var queue = (await events.QueueDeclareAsync()).QueueName;
        await events.QueueBindAsync(queue, $"{prefix}.events", "#");
        var consumer = new AsyncEventingBasicConsumer(events);
        consumer.ReceivedAsync += (sender, message) =>
        {
            var body = JsonElement.Parse(message.Body.Span);
            if (body.TryGetProperty("jobId", out _))
                Deliveries.Take(message.RoutingKey.Split('.')[^1], body, message.BasicProperties.MessageId);
            return Task.CompletedTask;
        };
        await events.BasicConsumeAsync(queue, autoAck: true, consumer);
    }
}
