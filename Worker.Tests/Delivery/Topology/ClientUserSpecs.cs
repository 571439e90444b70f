using System.Text;
using System.Text.Json.Nodes;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace OpenAIWorker.Tests.Delivery.Topology;

/// <summary>What the users of producers and subscribers can do with their rights.</summary>
public sealed class ClientUserSpecs(DefinedBroker broker) : LeastPrivilegeScene
{
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

        // A message that goes back to the broker would end a second time.
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
}
