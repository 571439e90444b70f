using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Delivery.Messages;

/// <summary>The broker handles priorities. Quorum queues support them from RabbitMQ 4.0 on.</summary>
public sealed class PrioritySpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    const int Backlog = 20;

    // One may already be on its way, and until 4.2 every third is a normal one.
    const int SoonEnough = 3;

    readonly string prefix = BrokerFixture.NewPrefix();

    [Fact]
    public async Task An_urgent_job_goes_before_a_backlog_of_normal_ones_where_the_broker_knows_priorities()
    {
        var place = (await OrderOfCalls()).IndexOf("urgent");

        if (broker.Version.Major >= 4)
            Assert.InRange(place, 0, SoonEnough - 1);
        else
            Assert.Equal(Backlog, place);
    }

    async Task<List<string?>> OrderOfCalls()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var client = await ClientWithoutWorker();
        for (var number = 0; number < Backlog; number++)
            await Publish(client, $"normal-{number}", null);
        await Publish(client, "urgent", 9);

        await using var worker = await BrokerWorker.Start(broker, prefix, emulator, ["--Delivery:Concurrency=1"]);
        await client.Event(_ => client.Events.Count == Backlog + 1);
        return [.. emulator.Calls.OrderBy(call => call.ReceivedAt).Select(call => call.Job)];
    }

    static Task Publish(AmqpClient client, string job, byte? priority)
    {
        var properties = new RabbitMQ.Client.BasicProperties { Persistent = true };
        if (priority is { } chosen)
            properties.Priority = chosen;
        return client.Publish("message-model", $$"""{"jobId":"{{job}}","model":"m","messages":[{"text":"x"}]}""",
            properties);
    }

    // A worker has declared everything and is then gone.
    async Task<AmqpClient> ClientWithoutWorker()
    {
        await using var declaring = await BrokerWorker.Start(broker, prefix, null);
        return await AmqpClient.Open(broker, prefix);
    }
}
