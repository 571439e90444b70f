using OpenAIWorker.Cli;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace OpenAIWorker.Tests.Delivery.Topology;

/// <summary>
/// The users of <c>ops/rabbitmq/definitions.json</c> on a real broker: what each can do, and what only another can.
/// </summary>
public sealed class LeastPrivilegeSpecs(DefinedBroker broker) : LeastPrivilegeScene
{
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
    public async Task A_missing_right_is_told()
    {
        await using var client = await AmqpClient.Open(broker.Anybody, "openai");
        await client.Publish("edit-image", """{"jobId":"forbidden"}""");
        await client.Ending("forbidden");

        Assert.Equal(ExitCodes.Usage,
            await WorkerCommand.Run(["dead", "list", $"--Broker:Uri={broker.For("openai-producer")}"]));
    }
}
