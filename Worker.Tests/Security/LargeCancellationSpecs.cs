using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OpenAIWorker.Delivery;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;
using RabbitMQ.Client;

namespace OpenAIWorker.Tests.Security;

/// <summary>Cancellations of ids that are none, megabytes long: nothing of them is kept.</summary>
public sealed class LargeCancellationSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    const int Large = 4 * 1024 * 1024;
    const int Many = 60;

    // A third of what only their texts would be in memory. Tests run side by side, and each has something in it.
    const long Most = Many * (long)Large * sizeof(char) / 3;

    readonly string prefix = BrokerFixture.NewPrefix();

    [Theory]
    [InlineData(1, true)]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public void An_id_of_more_than_256_characters_is_none(int length, bool isOne)
    {
        var cancellations = new Cancellations(Options.Create(new DeliveryOptions()), new FakeTimeProvider());
        var id = new string('x', length);

        cancellations.Add(id);

        Assert.Equal(isOne, cancellations.Contains(id));
    }

    [Fact]
    public async Task Many_large_ones_cost_no_memory_while_the_worker_runs_or_starts()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator);
        await using var client = await AmqpClient.Open(broker, prefix);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        for (var number = 0; number < Many; number++)
            await client.Publish("cancel-job", Encoding.UTF8.GetBytes($$"""{"jobId":"{{number}}{{new string('x', Large)}}"}"""));
        await One_more_is_heard(client, "first");
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, Most);

        await using var another = await BrokerWorker.Start(broker, prefix, emulator);
        await One_more_is_heard(client, "second");
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, Most);
    }

    // The stream is read in its order: what came before has been read then.
    static async Task One_more_is_heard(AmqpClient client, string job)
    {
        await client.Publish("cancel-job", $$"""{"jobId":"{{job}}"}""");
        await client.Publish("message-model", $$"""{"jobId":"{{job}}","model":"m+slow:20000","messages":[{"text":"x"}]}""", new() { Persistent = true });
        Assert.Equal("cancelled", (await client.Ending(job)).Code);
    }
}
