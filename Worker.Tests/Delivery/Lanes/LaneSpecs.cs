using Microsoft.Extensions.DependencyInjection;
using OpenAIWorker.Delivery.Lanes;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Emulator;
using OpenAIWorker.Emulator.Limits;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Delivery.Lanes;

/// <summary>A backlog behind a limit, on a real broker.</summary>
public sealed class LaneSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    const int Backlog = 40;

    static readonly EmulatorOptions Limited = new()
    {
        Limits = new Dictionary<string, RateLimit>
        {
            ["slow"] = new()
            {
                RequestsPerMinute = 300,
                Burst = TimeSpan.FromSeconds(1)
            }
        },
    };

    readonly string prefix = BrokerFixture.NewPrefix();

    [Fact]
    public async Task A_backlog_waits_in_a_lane_and_delays_no_other_job()
    {
        await using var emulator = await OpenAIEmulator.Start(Limited);
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator, ["--Delivery:Concurrency=32"]);
        await using var client = await AmqpClient.Open(broker, prefix);
        await PublishBacklog(client);

        await client.Publish("message-model", """{"jobId":"free","model":"fast","messages":[{"text":"x"}]}""");
        await client.Ending("free");
        Assert.True(Endings(client) < Backlog);

        await client.Event(_ => Endings(client) == Backlog);
        Assert.All(client.Events.Where(IsEnding),
            ending => Assert.InRange(ending.Body.GetProperty("waits").GetInt32(), 0, 1));
    }

    [Fact]
    public async Task A_job_that_comes_later_does_not_overtake_those_in_its_lane()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator,
            ["--Limits:Groups:slow:Models=slow", "--Limits:Groups:slow:RequestsPerMinute=120"]);
        await using var client = await AmqpClient.Open(broker, prefix);
        for (var number = 0; number < 12; number++)
            await Publish($"early-{number}");
        // Each of them has been called, or is in its lane.
        await client.Event(_ => client.Events.Select(arrived => arrived.JobId).Distinct().Count() == 12);

        await Publish("late");
        await client.Ending("late");

        Assert.Equal("late", emulator.Calls[^1].Job);
        Assert.Equal(13, emulator.Calls.Count);

        Task Publish(string job) => client.Publish("message-model",
            $$"""{"jobId":"{{job}}","model":"slow","messages":[{"text":"x"}]}""");
    }

    [Fact]
    public async Task What_is_in_a_lane_when_its_workers_die_is_taken_up_by_the_next()
    {
        await using var emulator = await OpenAIEmulator.Start(Limited);
        var first = await BrokerWorker.Start(broker, prefix, emulator, ["--Delivery:Concurrency=32"]);
        await using var client = await AmqpClient.Open(broker, prefix);
        await PublishBacklog(client);
        await client.Event(arrived => arrived.RoutingKey == "message-model.delayed");
        await first.DisposeAsync();
        Assert.True(Endings(client) < Backlog);

        await using var second = await BrokerWorker.Start(broker, prefix, emulator, ["--Delivery:Concurrency=32"]);

        await client.Event(_ => Endings(client) == Backlog);
    }

    [Fact]
    public async Task When_the_provider_wants_a_long_pause_the_lane_is_left_in_the_broker()
    {
        await using var emulator = await OpenAIEmulator.Start(Limited);
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator, ["--Delivery:Concurrency=32"]);
        await using var client = await AmqpClient.Open(broker, prefix);
        await PublishBacklog(client);
        await client.Event(arrived => arrived.RoutingKey == "message-model.delayed");
        var lane = worker.Services.GetRequiredService<QueueNames>().Lane("message-model", "default", "slow", "");
        // Before it is consumed, it would look as if it was left.
        await Eventually.Is(async () =>
            await client.Channel.ConsumerCountAsync(lane, TestContext.Current.CancellationToken) == 1);

        emulator.Faults.Add("status:429,retry-after:600", model: "slow");

        await Eventually.Is(async () =>
            await client.Channel.ConsumerCountAsync(lane, TestContext.Current.CancellationToken) == 0);
        await client.Publish("message-model", """{"jobId":"later","model":"slow","messages":[{"text":"x"}]}""");
        await client.Event(arrived => arrived.JobId == "later" && arrived.Code == "rate_limited");
        // It is reported and moved at once.
        await Eventually.Is(async () =>
            await client.Channel.MessageCountAsync(lane, TestContext.Current.CancellationToken) > 0);
        Assert.Equal(0u, await client.Channel.ConsumerCountAsync(lane, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Tenants_beyond_the_bound_share_a_lane()
    {
        const int bound = 2;
        await using var emulator = await OpenAIEmulator.Start(Limited);
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator,
            ["--Delivery:Concurrency=8", "--Limits:Tenant=tenant", $"--Limits:MaxGroups={bound}"]);
        await using var client = await AmqpClient.Open(broker, prefix);

        for (var number = 0; number < Backlog; number++)
            await client.Publish("message-model",
                $$"""{"jobId":"slow-{{number}}","model":"slow","messages":[{"text":"x"}],"metadata":{"tenant":"made-up-{{number}}"} }""");
        await client.Event(_ => Endings(client) == Backlog);

        var topology = worker.Services.GetRequiredService<QueueNames>();
        var made = 0;
        for (var number = 0; number < Backlog; number++)
            made += await client.IsThere(topology.Lane("message-model", "default", "slow", $"made-up-{number}"))
                ? 1
                : 0;
        Assert.InRange(made, 1, bound);
        Assert.True(await client.IsThere(topology.SharedLane("message-model")));
    }

    [Fact]
    public async Task A_backlog_without_a_limit_stays_in_its_queue()
    {
        await using var emulator = await OpenAIEmulator.Start(new() { Latency = TimeSpan.FromMilliseconds(50) });
        // It declares the queues and is gone before the backlog comes.
        await (await BrokerWorker.Start(broker, prefix, emulator)).DisposeAsync();
        await using var client = await AmqpClient.Open(broker, prefix);
        await PublishBacklog(client, 10 * Backlog);

        // Even on a slow machine, the time does not move them to a lane.
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator,
            ["--Delivery:Concurrency=128", "--Limits:MaxConcurrency=16", "--Limits:MaxHold=00:01:00"]);

        await client.Event(_ => Endings(client) == 10 * Backlog);
        Assert.All(client.Events, arrived =>
            Assert.True(IsEnding(arrived) && arrived.Body.GetProperty("waits").GetInt32() == 0, $"{arrived}"));
    }

    static async Task PublishBacklog(AmqpClient client, int jobs = Backlog)
    {
        for (var number = 0; number < jobs; number++)
            await client.Publish("message-model",
                $$"""{"jobId":"slow-{{number}}","model":"slow","messages":[{"text":"x"}]}""");
    }

    static int Endings(AmqpClient client) =>
        client.Events.Where(IsEnding).Select(ending => ending.JobId).Distinct().Count(job => job != "free");

    static bool IsEnding(Arrived arrived) => arrived.RoutingKey == "message-model.completed";
}
