using OpenAIWorker.Tests.Running;
using RabbitMQ.Client;

namespace OpenAIWorker.Tests.Broker;

public sealed class BrokerSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    static readonly Dictionary<string, object?> Quorum = new() { ["x-queue-type"] = "quorum" };
    static readonly CreateChannelOptions Confirmed = new(publisherConfirmationsEnabled: true,
        publisherConfirmationTrackingEnabled: true);

    readonly string prefix = BrokerFixture.NewPrefix();

    [Fact]
    public async Task Broker_tells_its_version()
    {
        await using var connection = await broker.Connect();

        Assert.True(connection.IsOpen);
        Assert.InRange(broker.Version, new(3, 10), new(5, 0));
    }

    [Fact]
    public async Task Confirmed_message_comes_out_of_a_quorum_queue()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var connection = await broker.Connect();
        await using var channel = await connection.CreateChannelAsync(Confirmed, cancellation);
        var queue = $"{prefix}-jobs";
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, Quorum,
            cancellationToken: cancellation);

        await channel.BasicPublishAsync("", queue, "hello"u8.ToArray(), cancellation);

        var message = await channel.BasicGetAsync(queue, autoAck: true, cancellation);
        Assert.Equal("hello"u8, message!.Body.Span);
        await channel.QueueDeleteAsync(queue, cancellationToken: cancellation);
    }

    [Fact]
    public async Task What_a_test_left_in_its_classs_queues_is_gone_for_the_next()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var common = broker.CommonPrefix();
        await (await BrokerWorker.Start(broker, common, null)).DisposeAsync();
        await using (var client = await AmqpClient.Open(broker, common))
            await client.Publish("message-model", """{"jobId":"left","model":"m","messages":[{"text":"x"}]}""");

        Assert.Equal(common, broker.CommonPrefix());

        await using var connection = await broker.Connect();
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        Assert.Equal(0u, await channel.MessageCountAsync($"{common}.message-model", cancellation));
        Assert.Equal(0u, (await channel.QueueDeclarePassiveAsync($"{common}.workers", cancellation)).ConsumerCount);
    }

    [Fact]
    public void Every_prefix_is_new() => Assert.NotEqual(prefix, BrokerFixture.NewPrefix());
}
