using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenAIWorker.Cli;
using OpenAIWorker.Delivery.Lanes;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace OpenAIWorker.Tests.Delivery;

/// <summary>
/// The users of <c>ops/rabbitmq/definitions.json</c>, on a real broker: what each can do, and what none but another
/// can.
/// </summary>
public sealed class LeastPrivilegeSpecs(DefinedBroker broker) : IClassFixture<DefinedBroker>
{
    static readonly CreateChannelOptions Confirmed = new(publisherConfirmationsEnabled: true,
        publisherConfirmationTrackingEnabled: true);

    static readonly Dictionary<string, Func<IChannel, Task>> Deeds = new()
    {
        ["publish jobs"] = channel => Publish(channel, "openai.jobs", "message-model"),
        ["publish events"] = channel => Publish(channel, "openai.events", "message-model.completed"),
        ["publish to a queue"] = channel => Publish(channel, "", "openai.message-model"),
        ["declare a queue"] = channel => channel.QueueDeclareAsync("mine"),
        ["declare a worker's queue"] = channel => channel.QueueDeclareAsync("openai.mine"),
        ["plant a workers' key"] = channel => channel.QueueDeclareAsync(
            "openai.seal", durable: true, exclusive: false, autoDelete: false, QueueArguments.Seal()),
        ["delete the workers' key"] = channel => channel.QueueDeleteAsync("openai.seal"),
        ["delete a queue"] = channel => channel.QueueDeleteAsync("openai.message-model"),
        ["read jobs"] = channel => channel.BasicGetAsync("openai.message-model", autoAck: false),
        ["read dead letters"] = channel => channel.BasicGetAsync("openai.message-model.dead", autoAck: false),
        ["read the workers' key"] = async channel =>
        {
            await channel.BasicQosAsync(0, 1, global: false);
            await channel.BasicConsumeAsync("openai.seal", autoAck: false, "", noLocal: false, exclusive: false,
                new Dictionary<string, object?> { ["x-stream-offset"] = "first" },
                new AsyncEventingBasicConsumer(channel));
        },
        ["purge dead letters"] = channel => channel.QueuePurgeAsync("openai.message-model.dead"),
        ["bind a queue to jobs"] = async channel =>
        {
            await channel.QueueDeclareAsync("events.spy", durable: true, exclusive: false, autoDelete: false);
            await channel.QueueBindAsync("events.spy", "openai.jobs", "message-model");
        },
    };

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

    [Theory]
    [InlineData("openai-producer", "publish jobs", true)]
    [InlineData("openai-producer", "publish events", false)]
    [InlineData("openai-producer", "publish to a queue", false)]
    [InlineData("openai-producer", "declare a queue", false)]
    [InlineData("openai-producer", "declare a worker's queue", false)]
    [InlineData("openai-producer", "delete a queue", false)]
    [InlineData("openai-producer", "read jobs", false)]
    [InlineData("openai-producer", "read dead letters", false)]
    [InlineData("openai-producer", "read the workers' key", false)]
    [InlineData("openai-producer", "plant a workers' key", false)]
    [InlineData("openai-producer", "delete the workers' key", false)]
    [InlineData("openai-subscriber", "plant a workers' key", false)]
    [InlineData("openai-subscriber", "delete the workers' key", false)]
    [InlineData("openai-operator", "plant a workers' key", false)]
    [InlineData("openai-operator", "delete the workers' key", false)]
    [InlineData("openai-subscriber", "read the workers' key", false)]
    [InlineData("openai-operator", "read the workers' key", false)]
    [InlineData("openai-monitor", "read the workers' key", false)]
    [InlineData("openai-subscriber", "publish jobs", false)]
    [InlineData("openai-subscriber", "publish events", false)]
    [InlineData("openai-subscriber", "publish to a queue", false)]
    [InlineData("openai-subscriber", "declare a queue", false)]
    [InlineData("openai-subscriber", "declare a worker's queue", false)]
    [InlineData("openai-subscriber", "read jobs", false)]
    [InlineData("openai-subscriber", "read dead letters", false)]
    [InlineData("openai-subscriber", "bind a queue to jobs", false)]
    [InlineData("openai-operator", "publish jobs", true)]
    [InlineData("openai-operator", "read dead letters", true)]
    [InlineData("openai-operator", "read jobs", false)]
    [InlineData("openai-operator", "publish events", false)]
    [InlineData("openai-operator", "publish to a queue", false)]
    [InlineData("openai-operator", "delete a queue", false)]
    [InlineData("openai-worker", "declare a queue", false)]
    [InlineData("openai-monitor", "publish jobs", false)]
    [InlineData("openai-monitor", "read dead letters", false)]
    [InlineData("openai-monitor", "purge dead letters", false)]
    public async Task Each_user_may_do_only_what_it_is_for(string user, string deed, bool allowed)
    {
        await using var connection = await broker.Connect(user);
        await using var channel = await connection.CreateChannelAsync(Confirmed, TestContext.Current.CancellationToken);

        await Deeds[deed](channel)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

        Assert.Equal(allowed ? null : Constants.AccessRefused, channel.CloseReason?.ReplyCode);
    }

    [Fact]
    public async Task A_producer_that_may_read_nothing_has_its_answer_by_direct_reply_to()
    {
        await using var connection = await broker.Connect("openai-producer");
        await using var channel = await connection.CreateChannelAsync(Confirmed, TestContext.Current.CancellationToken);
        var answered = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, message) =>
        {
            answered.TrySetResult(Encoding.UTF8.GetString(message.Body.Span));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync("amq.rabbitmq.reply-to", autoAck: true, consumer,
            TestContext.Current.CancellationToken);

        await channel.BasicPublishAsync("openai.jobs", "message-model", mandatory: true,
            new BasicProperties { ReplyTo = "amq.rabbitmq.reply-to" },
            """{"jobId":"direct","model":"m","messages":[{"text":"x"}]}"""u8.ToArray(),
            TestContext.Current.CancellationToken);

        Assert.Contains("\"direct\"",
            await answered.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sender_may_say_who_it_is_and_its_job_waits_and_is_kept_like_any_other()
    {
        await using var client = await AmqpClient.Open(broker.Anybody, "openai");
        await using var connection = await broker.Connect("openai-producer");
        await using var channel = await connection.CreateChannelAsync(Confirmed, TestContext.Current.CancellationToken);
        var user = new BasicProperties { UserId = broker.NameOf("openai-producer") };

        await channel.BasicPublishAsync("openai.jobs", "message-model", mandatory: true, user,
            """{"jobId":"named","model":"m+status:500#1","messages":[{"text":"x"}]}"""u8.ToArray(),
            TestContext.Current.CancellationToken);
        await channel.BasicPublishAsync("openai.jobs", "message-model", mandatory: true, user,
            """{"jobId":"named-wrong"}"""u8.ToArray(), TestContext.Current.CancellationToken);

        Assert.Equal("message-model.completed", (await client.Ending("named")).RoutingKey);
        Assert.Equal("message-model.failed", (await client.Ending("named-wrong")).RoutingKey);
    }

    [Fact]
    public async Task An_answer_to_an_address_that_is_no_queue_is_dropped_and_the_job_has_ended()
    {
        await using var client = await AmqpClient.Open(broker.Anybody, "openai");
        await client.Publish("classify-text",
            $$$"""
            {"messageId":"{{{Guid.NewGuid()}}}","requestId":"{{{Guid.NewGuid()}}}","responseAddress":"rabbitmq://localhost/{{{broker.VirtualHost}}}/not-the-workers",
             "messageType":["urn:message:OpenAIWorker.Contracts:ClassifyText"],"message":{"jobId":"asked","texts":["x"]}}
            """, new() { Persistent = true, ContentType = "application/vnd.masstransit+json" });
        await client.Ending("asked");

        await client.Publish("classify-text", """{"jobId":"after","texts":["x"]}""");
        await client.Ending("after");

        // What goes back to the broker would end once more.
        using var management = broker.Management;
        await Eventually.Is(async () =>
            JsonNode.Parse(await management.Get(
                $"queues/{broker.VirtualHost}/openai.classify-text"))?["message_stats"]?["ack"]?.GetValue<int>() >= 2,
                    "Both jobs' end");
        Assert.Single(client.Events, arrived => arrived.JobId == "asked");
    }

    [Fact]
    public async Task A_subscriber_hears_of_events_in_a_queue_of_its_own()
    {
        await using var client = await AmqpClient.Open(broker.Anybody, "openai");
        await using var connection = await broker.Connect("openai-subscriber");
        await using var channel =
            await connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken);
        await channel.QueueDeclareAsync("events.mine", durable: true, exclusive: false, autoDelete: false,
            cancellationToken: TestContext.Current.CancellationToken);
        await channel.QueueBindAsync("events.mine", "openai.events", "classify-text.*",
            cancellationToken: TestContext.Current.CancellationToken);

        await client.Publish("classify-text", """{"jobId":"heard","texts":["x"]}""");
        await client.Ending("heard");

        await Eventually.Is(async () => await channel.BasicGetAsync("events.mine", autoAck: true) is not null);
    }

    [Fact]
    public async Task A_topic_permission_keeps_a_subscriber_to_one_operation()
    {
        var user = Definitions.User(broker.VirtualHost, "openai-subscriber");
        using var management = broker.Management;
        await management.Put($"topic-permissions/{broker.VirtualHost}/{user}",
            """{"exchange":"openai.events","write":"^$","read":"^classify-text\\."}""");

        Assert.Equal((null, (ushort?)Constants.AccessRefused), (await Bind("classify-text.*"), await Bind("#")));

        async Task<ushort?> Bind(string key)
        {
            await using var connection = await broker.Connect("openai-subscriber");
            await using var channel =
                await connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken);
            await channel.QueueDeclareAsync("events.one", durable: true, exclusive: false, autoDelete: false,
                cancellationToken: TestContext.Current.CancellationToken);
            await channel.QueueBindAsync("events.one", "openai.events", key,
                cancellationToken: TestContext.Current.CancellationToken)
                    .ConfigureAwait(
                        ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            return channel.CloseReason?.ReplyCode;
        }
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

    [Fact]
    public async Task Whoever_may_not_is_told_so()
    {
        await using var client = await AmqpClient.Open(broker.Anybody, "openai");
        await client.Publish("edit-image", """{"jobId":"forbidden"}""");
        await client.Ending("forbidden");

        Assert.Equal(ExitCodes.Usage,
            await WorkerCommand.Run(["dead", "list", $"--Broker:Uri={broker.For("openai-producer")}"]));
    }

    static Task Publish(IChannel channel, string exchange, string routingKey) =>
        channel.BasicPublishAsync(exchange, routingKey, mandatory: true, new BasicProperties(), "{}"u8.ToArray())
            .AsTask();
}
