using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;
using RabbitMQ.Client;

namespace OpenAIWorker.Tests.Delivery;

/// <summary>More jobs at hand than there may be calls (<c>Delivery:Prefetch</c>).</summary>
public sealed class PrefetchSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    readonly string prefix = BrokerFixture.NewPrefix();

    [Fact]
    public async Task There_are_no_more_calls_at_once_than_the_concurrency()
    {
        string[] jobs = ["a", "b", "c", "d", "e", "f", "g", "h"];
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator, ["--Delivery:Concurrency=2", "--Delivery:Prefetch=6"]);
        await using var client = await AmqpClient.Open(broker, prefix);
        foreach (var job in jobs)
            await client.Publish("message-model", Job(job, "m+slow:200"));

        foreach (var job in jobs)
            await client.Ending(job);

        Assert.Equal(2, emulator.Calls.Max(call => emulator.Calls.Count(other => other.ReceivedAt <= call.ReceivedAt && other.AnsweredAt > call.ReceivedAt)));
    }

    [Fact]
    public async Task What_is_at_hand_goes_back_to_the_queue_when_the_worker_stops()
    {
        await using var emulator = await OpenAIEmulator.Start();
        var worker = await BrokerWorker.Start(broker, prefix, emulator, ["--Delivery:Concurrency=1", "--Delivery:Prefetch=3", "--Delivery:StopTimeout=00:01:00"]);
        await using var client = await AmqpClient.Open(broker, prefix);
        await client.Publish("message-model", Job("slow", "m+slow:1500"));
        await Eventually.Is(() => emulator.TimesBilled("slow") == 1);
        foreach (var job in (string[])["at-hand", "too", "in-the-queue"])
            await client.Publish("message-model", Job(job, "m"));
        await Eventually.Is(async () => await Waiting(client) == 1);

        await worker.DisposeAsync();

        await client.Ending("slow");
        Assert.Equal("slow", Assert.Single(emulator.Calls).Job);
        Assert.Equal(3u, await Waiting(client));
    }

    Task<uint> Waiting(AmqpClient client) => client.Channel.MessageCountAsync($"{prefix}.message-model", TestContext.Current.CancellationToken);

    static string Job(string id, string model) => $$"""{"jobId":"{{id}}","model":"{{model}}","messages":[{"text":"x"}]}""";
}
