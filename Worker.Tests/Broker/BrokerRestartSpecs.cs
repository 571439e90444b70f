using RabbitMQ.Client;

namespace OpenAIWorker.Tests.Broker;

[Collection(nameof(Restarts))]
public sealed class BrokerRestartSpecs(RestartedBroker broker)
{
    [Fact]
    public async Task Durable_queue_is_there_after_a_restart_at_the_same_address()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var queue = $"{BrokerFixture.NewPrefix()}-kept";
        await using (var before = await broker.Connect())
        await using (var channel = await before.CreateChannelAsync(cancellationToken: cancellation))
            await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false,
                cancellationToken: cancellation);

        await broker.Restart();

        await using var after = await broker.Connect();
        await using var again = await after.CreateChannelAsync(cancellationToken: cancellation);
        await again.QueueDeclarePassiveAsync(queue, cancellation);
        await again.QueueDeleteAsync(queue, cancellationToken: cancellation);
    }
}
