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
    public void Every_prefix_is_new() => Assert.NotEqual(prefix, BrokerFixture.NewPrefix());
}
