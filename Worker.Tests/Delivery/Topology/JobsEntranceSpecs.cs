using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenAIWorker.Emulator;
using OpenAIWorker.Settings;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;
using RabbitMQ.Client;

namespace OpenAIWorker.Tests.Delivery.Topology;

/// <summary>The exchange for jobs on a real broker: who declares it, and when.</summary>
public sealed class JobsEntranceSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    const string Hello = """{"jobId":"hello","model":"m","messages":[{"text":"x"}]}""";

    readonly string prefix = BrokerFixture.NewPrefix();

    string Jobs => $"{prefix}.jobs";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_may_declare_it_before_the_worker_and_after_it()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await Declare(ExchangeType.Direct, durable: true);

        await using var worker = await BrokerWorker.Start(broker, prefix, emulator);
        await using var client = await AmqpClient.Open(broker, prefix);

        await Declare(ExchangeType.Direct, durable: true);
        await client.Publish("message-model", Hello);
        await client.Ending("hello");
    }

    [Fact]
    public async Task One_with_arguments_of_its_owners_is_taken_as_it_is()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await Declare(ExchangeType.Direct, durable: true, new() { ["alternate-exchange"] = $"{prefix}.unknown" });

        await using var worker = await BrokerWorker.Start(broker, prefix, emulator);
        await using var client = await AmqpClient.Open(broker, prefix);

        await client.Publish("message-model", Hello);
        await client.Ending("hello");
        await client.Publish("no-operation", """{"jobId":"unknown"}""", new() { MessageId = "unknown" });
        Assert.Equal("unreadable", (await client.Ending("unknown")).Code);
    }

    [Theory]
    [InlineData(ExchangeType.Topic, true)]
    [InlineData(ExchangeType.Fanout, true)]
    [InlineData(ExchangeType.Direct, false)]
    public async Task One_that_is_of_no_use_stops_the_worker_in_a_sentence(string type, bool durable)
    {
        await Declare(type, durable);

        var wrong = await Assert.ThrowsAsync<SettingsException>(() =>
            BrokerWorker.Start(broker, prefix, emulator: null));

        Assert.StartsWith("The broker refuses a queue or exchange of this worker: inequivalent arg ", wrong.Message,
            StringComparison.Ordinal);
        Assert.Contains(Jobs, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_came_before_its_queue_was_bound_is_moved_there()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator, broker.CatchesUnknownKeys);
        await using var client = await AmqpClient.Open(broker, prefix);
        Assert.SkipUnless(broker.CatchesUnknownKeys.Count > 0, "The policy takes the broker's management API.");
        await client.Channel.ExchangeUnbindAsync($"{prefix}.message-model", Jobs, "message-model",
            cancellationToken: Cancellation);

        await client.Publish("message-model", Hello,
            new() { MessageId = "moved", Headers = new Dictionary<string, object?> { ["mine"] = "kept" } });

        Assert.Equal("message-model.completed", (await client.Ending("hello")).RoutingKey);
        Assert.Equal(1, emulator.TimesBilled("hello"));
    }

    [Fact]
    public async Task Where_nothing_catches_unknown_keys_the_worker_says_how()
    {
        using var watch = new LogWatch("rabbitmqctl set_policy");
        await using var worker = await BrokerWorker.Start(
            broker, prefix, emulator: null, ["--Logging:LogLevel:Default=Warning"],
            services => services.AddSingleton<ILoggerProvider>(watch));

        Assert.Contains($"'{{\"alternate-exchange\":\"{prefix}.unknown\"}}' --apply-to exchanges", await watch.Seen,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_sent_to_find_out_leaves_no_trace()
    {
        Assert.SkipUnless(broker.CatchesUnknownKeys.Count > 0, "The policy takes the broker's management API.");
        await using var emulator = await OpenAIEmulator.Start();
        await (await BrokerWorker.Start(broker, prefix, emulator, broker.CatchesUnknownKeys)).DisposeAsync();
        await using var client = await AmqpClient.Open(broker, prefix);
        await using var second = await BrokerWorker.Start(broker, prefix, emulator, broker.CatchesUnknownKeys);

        await client.Publish("message-model", Hello);
        await client.Ending("hello");

        await Eventually.Is(async () => await client.Channel.MessageCountAsync($"{prefix}.unknown", Cancellation) == 0);
        Assert.DoesNotContain(client.Events,
            arrived => arrived.RoutingKey.StartsWith("unknown.", StringComparison.Ordinal));
        Assert.Equal(0u, await client.Channel.MessageCountAsync($"{prefix}.unknown.dead", Cancellation));
    }

    async Task Declare(string type, bool durable, Dictionary<string, object?>? arguments = null)
    {
        await using var connection = await broker.Connect();
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation);
        await channel.ExchangeDeclareAsync(Jobs, type, durable, arguments: arguments, cancellationToken: Cancellation);
    }
}
