using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpenAIWorker.Delivery.Lanes;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace OpenAIWorker.Tests.Delivery.Lanes;

/// <summary>Many lanes of one worker, on a real broker.</summary>
public sealed class LaneChannelSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    // More lanes than a connection has channels.
    const int Many = 2100;

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    readonly string prefix = BrokerFixture.NewPrefix();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task More_lanes_than_a_connection_has_channels_are_all_consumed()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator,
            ["--Broker:Quorum=false", "--Limits:MaxGroups=3000"]);
        await using var client = await AmqpClient.Open(broker, prefix);
        var topology = worker.Services.GetRequiredService<QueueNames>();
        var (all, lanes) = (worker.Services.GetRequiredService<WorkerLanes>(),
            Enumerable.Range(0, Many)
                .Select(number => topology.Lane("message-model", "default", "m", $"tenant-{number}")).ToList());

        await Task.WhenAll(lanes.Select(lane => all.Join(new(lane, 1)))).WaitAsync(Patience, Cancellation);
        await client.Channel.BasicPublishAsync("", lanes[^1],
            """{"jobId":"last","model":"m","messages":[{"text":"x"}]}"""u8.ToArray(), Cancellation);

        await client.Ending("last");
        foreach (var lane in lanes)
            await client.Channel.QueueDeleteAsync(lane, ifUnused: false, ifEmpty: false, noWait: true, Cancellation);
    }

    [Fact]
    public async Task Five_hundred_known_lanes_are_consumed_soon_after_a_start()
    {
        const int known = 500;
        await using var emulator = await OpenAIEmulator.Start();
        var first = await BrokerWorker.Start(broker, prefix, emulator);
        await using var client = await AmqpClient.Open(broker, prefix);
        var topology = first.Services.GetRequiredService<QueueNames>();
        var lanes = Enumerable.Range(0, known)
            .Select(number => topology.Lane("message-model", "default", $"m{number}", "")).ToList();
        await Task.WhenAll(lanes.Select(lane => first.Services.GetRequiredService<WorkerLanes>().Join(new(lane, 1))))
            .WaitAsync(Patience, Cancellation);
        await first.DisposeAsync();
        foreach (var lane in lanes)
            await client.Channel.BasicPublishAsync(topology.Lanes, "",
                JsonSerializer.SerializeToUtf8Bytes(new LaneOpened(lane, 1), BusJson.Options), Cancellation);

        await using var second = await BrokerWorker.Start(broker, prefix, emulator);
        var since = Stopwatch.StartNew();
        await Eventually.Is(async () => await client.Channel.ConsumerCountAsync(lanes[^1], Cancellation) == 1);
        await Eventually.Is(async () => await Unconsumed(client, lanes) == 0);

        // The time itself is only measured: it depends on the machine.
        TestContext.Current.TestOutputHelper?.WriteLine($"{known} lanes after {since.Elapsed.TotalSeconds:0.00} s");
    }

    [Fact]
    public async Task A_lane_whose_queue_is_deleted_is_made_again()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator);
        await using var client = await AmqpClient.Open(broker, prefix);
        var lane = worker.Services.GetRequiredService<QueueNames>().Lane("message-model", "default", "m", "");
        await worker.Services.GetRequiredService<WorkerLanes>().Join(new(lane, 1));

        await client.Channel.QueueDeleteAsync(lane, cancellationToken: Cancellation);

        // Until it is there, the broker hands the message back or refuses it.
        await Eventually.Is(() => Takes(client, lane));
        await client.Ending("again");
    }

    [Fact]
    public async Task A_lane_that_was_made_with_other_arguments_is_taken_as_it_is()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator);
        await using var client = await AmqpClient.Open(broker, prefix);
        var lane = worker.Services.GetRequiredService<QueueNames>().Lane("message-model", "default", "m", "");
        await client.Channel.QueueDeclareAsync(lane, durable: true, exclusive: false, autoDelete: false,
            cancellationToken: Cancellation);

        await worker.Services.GetRequiredService<WorkerLanes>().Join(new(lane, 1)).WaitAsync(Patience, Cancellation);
        await client.Channel.BasicPublishAsync("", lane,
            """{"jobId":"old","model":"m","messages":[{"text":"x"}]}"""u8.ToArray(), Cancellation);

        await client.Ending("old");
    }

    [Fact]
    public async Task A_stopped_worker_leaves_its_lanes_to_the_others()
    {
        await using var emulator = await OpenAIEmulator.Start();
        var first = await BrokerWorker.Start(broker, prefix, emulator);
        await using var client = await AmqpClient.Open(broker, prefix);
        var lane = first.Services.GetRequiredService<QueueNames>().Lane("message-model", "default", "m", "");
        await first.Services.GetRequiredService<WorkerLanes>().Join(new(lane, 1));
        await first.DisposeAsync();

        await client.Channel.BasicPublishAsync("", lane,
            """{"jobId":"left","model":"m","messages":[{"text":"x"}]}"""u8.ToArray(), Cancellation);

        Assert.Equal((1u, 0u), (await client.Channel.MessageCountAsync(lane, Cancellation),
            await client.Channel.ConsumerCountAsync(lane, Cancellation)));
    }

    static async Task<int> Unconsumed(AmqpClient client, IEnumerable<string> lanes)
    {
        var unconsumed = 0;
        foreach (var lane in lanes)
            unconsumed += await client.Channel.ConsumerCountAsync(lane, Cancellation) == 0 ? 1 : 0;
        return unconsumed;
    }

    static async Task<bool> Takes(AmqpClient client, string lane)
    {
        try
        {
            await client.Channel.BasicPublishAsync("", lane, mandatory: true, new BasicProperties(),
                """{"jobId":"again","model":"m","messages":[{"text":"x"}]}"""u8.ToArray(), Cancellation);
            return true;
        }
        catch (PublishException)
        {
            return false;
        }
    }
}
