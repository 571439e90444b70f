using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;
using RabbitMQ.Client;

namespace OpenAIWorker.Tests.Delivery.Consuming;

/// <summary>More prefetched jobs than concurrent calls (<c>Delivery:Prefetch</c>).</summary>
public sealed class PrefetchSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    readonly string prefix = broker.CommonPrefix();

    [Fact]
    public async Task There_are_no_more_calls_at_once_than_the_concurrency()
    {
        string[] jobs = ["a", "b", "c", "d", "e", "f", "g", "h"];
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator,
            ["--Delivery:Concurrency=2", "--Delivery:Prefetch=6"]);
        await using var client = await AmqpClient.Open(broker, prefix);
        foreach (var job in jobs)
            await client.Publish("message-model", Job(job, "m+slow:200"));

        foreach (var job in jobs)
            await client.Ending(job);

        Assert.Equal(2, emulator.Calls.Max(call =>
            emulator.Calls.Count(other => other.ReceivedAt <= call.ReceivedAt && other.AnsweredAt > call.ReceivedAt)));
    }

    [Fact]
    public async Task What_is_at_hand_goes_back_to_the_queue_when_the_worker_stops()
    {
        await using var emulator = await OpenAIEmulator.Start();
        var worker = await BrokerWorker.Start(broker, prefix, emulator,
            ["--Delivery:Concurrency=1", "--Delivery:Prefetch=3", "--Delivery:StopTimeout=00:01:00"]);
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

    [Fact]
    public async Task What_is_at_hand_behind_a_call_that_outlasts_the_stop_is_done_by_the_next_worker()
    {
        string[] settings = ["--Delivery:Concurrency=1", "--Delivery:Prefetch=3"];
        await using var emulator = await OpenAIEmulator.Start();
        var worker = await BrokerWorker.Start(broker, prefix, emulator, settings);
        await using var client = await AmqpClient.Open(broker, prefix);
        await client.Publish("message-model", Job("hanging", "m+hang#1"));
        await Eventually.Is(() => emulator.TimesBilled("hanging") == 1);
        foreach (var job in (string[])["at-hand", "too"])
            await client.Publish("message-model", Job(job, "m"));
        await Eventually.Is(async () => await Waiting(client) == 0);

        await worker.DisposeAsync();

        Assert.Equal("hanging", Assert.Single(emulator.Calls).Job);
        await using var second = await BrokerWorker.Start(broker, prefix, emulator, settings);
        foreach (var job in (string[])["hanging", "at-hand", "too"])
        {
            var ending = (await client.Ending(job)).Body;
            Assert.Equal(("completed", 1),
                (ending.GetProperty("ending").GetString(), ending.GetProperty("attempts").GetInt32()));
        }
        Assert.Equal((1, 1), (emulator.TimesBilled("at-hand"), emulator.TimesBilled("too")));
    }

    Task<uint> Waiting(AmqpClient client) =>
        client.Channel.MessageCountAsync($"{prefix}.message-model", TestContext.Current.CancellationToken);

    static string Job(string id, string model) =>
        $$"""{"jobId":"{{id}}","model":"{{model}}","messages":[{"text":"x"}]}""";
}
