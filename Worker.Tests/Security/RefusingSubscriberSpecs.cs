using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Events;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Emulator;
using OpenAIWorker.Health;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.Telemetry;
using RabbitMQ.Client;

namespace OpenAIWorker.Tests.Security;

/// <summary>
/// A full queue that is bound to the events and rejects them: it costs its owner events, and affects nobody else.
/// </summary>
public sealed class RefusingSubscriberSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>, IDisposable
{
    readonly string prefix = BrokerFixture.NewPrefix();
    readonly LogWatch log = new("a queue that is bound to the exchange");

    public void Dispose() => log.Dispose();

    string Full => $"{prefix}.full";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("classic")]
    [InlineData("quorum")]
    public async Task All_others_have_each_event_once_and_nothing_is_called_again(string kind)
    {
        using var measured = new Measured();
        await using var emulator = await OpenAIEmulator.Start();
        await using var client = await Scene(emulator, kind);
        var worker = await Start(emulator);
        var type = worker.Services.GetRequiredService<QueueNames>().TypeExchange(typeof(ModelMessaged));

        await client.Publish("message-model", Job("good", "m"));
        await client.Publish("message-model", Job("bad", "m+status:400"));
        await client.Publish("message-model", Job("late", "m+status:500#1"));

        Assert.Equal(("message-model.completed", "message-model.failed", "message-model.completed"),
            ((await client.Ending("good")).RoutingKey, (await client.Ending("bad")).RoutingKey,
                (await client.Ending("late")).RoutingKey));
        var line = await log.Seen;
        Assert.Contains($"{prefix}.events", line, StringComparison.Ordinal);
        Assert.Contains("That queue does not get it", line, StringComparison.Ordinal);
        // A quorum queue's limit is soft: messages under way when it is reached are still accepted.
        var fewest = kind == "quorum" ? 1 : 2;
        // The other queues have an event before its publisher learns that one queue refused it.
        var reading = worker.Services.GetRequiredService<HealthReading>();
        await Eventually.Is(() => measured.Sum("openai_worker.events.refused", ("exchange", type)) >= fewest
            && reading.Read().RefusedEvents?.Count >= 2 * fewest - 1);
        Assert.InRange(measured.Sum("openai_worker.events.refused", ("exchange", type)), fewest, 2);
        var health = reading.Read();
        Assert.Equal("degraded", health.Status);
        Assert.InRange(health.RefusedEvents!.Count, 2 * fewest - 1, 4);
        await worker.DisposeAsync();
        // Unacknowledged messages would be here again.
        Assert.Equal(0u, await client.Channel.MessageCountAsync($"{prefix}.message-model", Cancellation));
        Assert.Equal(4, client.Events.Count);
        Assert.Equal((1, 1), (emulator.TimesBilled("good"), emulator.TimesBilled("late")));
        await client.Letter("message-model", "bad");
        Assert.Null(await client.Channel.BasicGetAsync($"{prefix}.message-model.dead", autoAck: true, Cancellation));
    }

    [Fact]
    public async Task Where_it_is_waited_for_it_has_the_ending_when_it_was_read_and_the_others_can_tell_copies()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var client = await Scene(emulator, "classic");
        await using var worker = await Start(emulator, "--Events:WhenRefused=Wait");
        await client.Publish("message-model", Job("good", "m"));
        Assert.Contains("It is published again", await log.Seen, StringComparison.Ordinal);
        await client.Ending("good");

        await client.Channel.QueuePurgeAsync(Full, Cancellation);

        var told = await client.Get(Full);
        Assert.Equal("message-model.completed", told.RoutingKey);
        Assert.All(client.Events, copy => Assert.Equal(told.BasicProperties.MessageId, copy.Properties.MessageId));
        Assert.Equal(1, emulator.TimesBilled("good"));
    }

    [Fact]
    public async Task Where_it_is_waited_for_a_worker_can_stop_and_leaves_nothing_to_be_called_again()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var client = await Scene(emulator, "classic");
        var worker = await Start(emulator, "--Events:WhenRefused=Wait");
        await client.Publish("message-model", Job("good", "m"));
        await log.Seen;

        await worker.DisposeAsync();

        Assert.Equal(0u, await client.Channel.MessageCountAsync($"{prefix}.message-model", Cancellation));
        Assert.Single(client.Events.Select(copy => copy.Properties.MessageId).Distinct());
    }

    static string Job(string id, string model) =>
        $$"""{"jobId":"{{id}}","model":"{{model}}","messages":[{"text":"x"}]}""";

    Task<BrokerWorker> Start(OpenAIEmulator emulator, params string[] settings) =>
        BrokerWorker.Start(broker, prefix, emulator,
            ["--Logging:LogLevel:Default=Error", "--Logging:Console:LogLevel:Default=None", .. settings],
            services => services.AddSingleton<ILoggerProvider>(log));

    // The subscriber's queue accepts no more.
    async Task<AmqpClient> Scene(OpenAIEmulator emulator, string kind)
    {
        await using (await BrokerWorker.Start(broker, prefix, emulator))
        {
        }
        var client = await AmqpClient.Open(broker, prefix);
        await FullQueue.Declare(client.Channel, Full, kind);
        await client.Channel.QueueBindAsync(Full, $"{prefix}.events", "#", cancellationToken: Cancellation);
        return client;
    }
}
