using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Delivery.Broker;

[Collection(nameof(Restarts))]
public sealed class BrokerOutageSpecs(RestartedBroker broker)
{
    readonly string prefix = BrokerFixture.NewPrefix();

    [Fact]
    public async Task A_call_that_runs_while_the_broker_restarts_is_paid_once_and_its_result_arrives()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator);
        await using (var before = await AmqpClient.Open(broker, prefix))
        {
            await before.Publish("message-model",
                """{"jobId":"long","model":"m+slow:4000","messages":[{"text":"x"}]}""", new() { Persistent = true });
            await before.Publish("message-model",
                """{"jobId":"waiting","model":"m+status:500#1","messages":[{"text":"x"}]}""",
                new() { Persistent = true });
            await before.Event(arrived => arrived.JobId == "waiting");
            await Eventually.Is(() => emulator.TimesBilled("long") == 1);
        }

        await broker.Restart();

        await using var after = await AmqpClient.Open(broker, prefix);
        await after.Ending("long");
        await after.Ending("waiting");
        Assert.Equal((1, 1), (emulator.TimesBilled("long"), emulator.TimesBilled("waiting")));
    }
}
