using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;
using RabbitMQ.Client;

namespace OpenAIWorker.Tests.Delivery.Filters;

static class DyingConsumer
{
    /// <summary>
    /// Behaves like a worker that crashes over a job (the channel ends, and the message goes back), or like one that
    /// returns it.
    /// </summary>
    public static async Task TakeAndDie(BrokerFixture broker, string queue, bool refused)
    {
        await using var connection = await broker.Connect();
        await using var channel =
            await connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken);
        BasicGetResult? taken = null;
        await Eventually.Is(async () =>
            (taken = await channel.BasicGetAsync(queue, autoAck: false,
                TestContext.Current.CancellationToken)) is not null);
        if (refused)
            await channel.BasicNackAsync(taken!.DeliveryTag, multiple: false, requeue: true,
                TestContext.Current.CancellationToken);
    }
}
