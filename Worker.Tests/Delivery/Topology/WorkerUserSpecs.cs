using Microsoft.Extensions.DependencyInjection;
using OpenAIWorker.Cli;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace OpenAIWorker.Tests.Delivery.Topology;

/// <summary>What the worker's user can do with its rights.</summary>
public sealed class WorkerUserSpecs(DefinedBroker broker) : LeastPrivilegeScene
{
    [Fact]
    public async Task The_worker_answers_delays_and_keeps_dead_letters()
    {
        await using var client = await AmqpClient.Open(broker.Anybody, "openai");

        await client.Publish("message-model", """{"jobId":"answered","model":"m","messages":[{"text":"x"}]}""");
        await client.Publish("message-model",
            """{"jobId":"delayed","model":"m+status:500#1","messages":[{"text":"x"}]}""");
        await client.Publish("message-model", """{"jobId":"dead","model":"m+status:400","messages":[{"text":"x"}]}""");
        await client.Publish("no-operation", """{"jobId":"unknown"}""");

        Assert.Equal("message-model.completed", (await client.Ending("answered")).RoutingKey);
        Assert.Equal(2, (await client.Ending("delayed")).Body.GetProperty("attempts").GetInt32());
        Assert.Equal("message-model.failed", (await client.Ending("dead")).RoutingKey);
        await client.Letter("message-model", "dead");
        Assert.Equal("unknown.failed",
            (await client.Event(arrived =>
                arrived.RoutingKey.StartsWith("unknown.", StringComparison.Ordinal))).RoutingKey);
    }

    [Fact]
    public async Task The_worker_opens_a_lane_and_hears_of_a_cancellation()
    {
        await using var client = await AmqpClient.Open(broker.Anybody, "openai");
        for (var number = 0; number < 40; number++)
            await client.Publish("message-model",
                $$"""{"jobId":"slow-{{number}}","model":"slow","messages":[{"text":"x"}]}""");

        await client.Event(arrived => arrived.RoutingKey == "message-model.delayed"
            && arrived.JobId.StartsWith("slow-", StringComparison.Ordinal));
        await client.Publish("cancel-job", """{"jobId":"slow-39"}""");

        var lane = broker.Worker.Services.GetRequiredService<QueueNames>().Lane("message-model", "default", "slow", "");
        await client.Channel.QueueDeclarePassiveAsync(lane, TestContext.Current.CancellationToken);
        Assert.Equal("cancelled", (await client.Ending("slow-39")).Code);
        await client.Ending("slow-38");
    }

    [Fact]
    public async Task A_queue_that_is_full_refuses_jobs_and_loses_none()
    {
        using var management = broker.Management;
        var bounded = Definitions.Read()["policies"]!.AsArray()
            .Single(policy => $"{policy!["name"]}" == "openai-entrances")!["definition"]!;
        bounded["max-length-bytes"] = 2_000;
        await management.Put($"policies/{broker.VirtualHost}/small",
            $$"""{"pattern":"^openai\\.full-queue$","apply-to":"queues","priority":2,"definition":{{bounded.ToJsonString()}}}""");
        await using var connection = await Amqp.Connect(broker.Anybody, TestContext.Current.CancellationToken);
        await using var channel = await connection.CreateChannelAsync(Confirmed, TestContext.Current.CancellationToken);
        await channel.QueueDeclareAsync("openai.full-queue", durable: true, exclusive: false, autoDelete: false,
            QueueArguments.Entrance(true, "openai.expired", "full-queue"),
            cancellationToken: TestContext.Current.CancellationToken);
        var taken = 0u;

        await Assert.ThrowsAsync<PublishException>(async () =>
        {
            for (; taken < 1_000; taken++)
                await channel.BasicPublishAsync("", "openai.full-queue", mandatory: true,
                    new BasicProperties { Persistent = true }, new byte[1_000], TestContext.Current.CancellationToken);
        });

        Assert.InRange(taken, 1u, 100u);
        await Eventually.Is(async () => await channel.MessageCountAsync("openai.full-queue") == taken);
    }

    [Fact]
    public async Task An_operator_replays_dead_letters()
    {
        await using var client = await AmqpClient.Open(broker.Anybody, "openai");
        await client.Publish("generate-image", """{"jobId":"again","model":"gpt-image-1","prompt":""}""");
        await client.Ending("again");

        Assert.Equal(ExitCodes.Success,
            await WorkerCommand.Run(["dead", "list", $"--Broker:Uri={broker.For("openai-operator")}"]));
        Assert.Equal(ExitCodes.Success,
            await WorkerCommand.Run(["dead", "replay", "--job", "again",
                $"--Broker:Uri={broker.For("openai-operator")}"]));

        await Eventually.Is(() =>
            client.Events.Count(arrived =>
                arrived.JobId == "again" && arrived.RoutingKey == "generate-image.failed") == 2);
    }
}
