using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Delivery.Filters;

/// <summary>
/// RabbitMQ 4 drops a quorum queue's message after 20 deliveries by default. Here the worker decides.
/// </summary>
public sealed class DeliveryLimitSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    const int Deliveries = 25;
    const string Job = """{"jobId":"j","model":"m","messages":[{"text":"x"}]}""";

    readonly string prefix = broker.CommonPrefix();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_job_that_came_back_more_often_than_the_brokers_limit_still_runs(bool refused)
    {
        var ending = await EndingAfterDyingConsumers("--Delivery:MaxDeliveries=100", refused);

        Assert.Equal("completed", ending.Body.GetProperty("ending").GetString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_job_that_came_back_more_often_than_the_setting_allows_is_poison(bool refused)
    {
        var ending = await EndingAfterDyingConsumers("--Delivery:MaxDeliveries=20", refused);

        Assert.Equal("poison", ending.Code);
    }

    async Task<Arrived> EndingAfterDyingConsumers(string setting, bool refused)
    {
        await using var emulator = await OpenAIEmulator.Start();
        var declaring = await BrokerWorker.Start(broker, prefix, emulator);
        await using var client = await AmqpClient.Open(broker, prefix);
        await declaring.DisposeAsync();
        await client.Publish("message-model", Job);
        for (var times = 0; times < Deliveries; times++)
            await DyingConsumer.TakeAndDie(broker, $"{prefix}.message-model", refused);

        await using var worker = await BrokerWorker.Start(broker, prefix, emulator, [setting]);
        return await client.Ending("j");
    }
}
