using System.Text;
using MassTransit;
using OpenAIWorker.Contracts;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;
using RabbitMQ.Client;

namespace OpenAIWorker.Tests.Delivery.Filters;

/// <summary>
/// Jobs whose AMQP expiration passes while no worker runs. The broker alone would drop them silently.
/// </summary>
public sealed class ExpirationSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    const string Job = """{"jobId":"late","model":"m","messages":[{"text":"x"}]}""";

    readonly string prefix = broker.CommonPrefix();

    [Theory]
    [InlineData("message-model", "message-model")]
    [InlineData("message-nodel", "unknown")]
    public async Task A_job_that_expires_in_its_queue_ends_and_is_kept(string routingKey, string operation)
    {
        await using var client = await ClientWithoutWorker();

        // As the broker routes it: to the operation's queue, or by its policy to the queue of unknown operations.
        var properties = new BasicProperties { Persistent = true, Expiration = "100", CorrelationId = "c" };
        await client.Channel.BasicPublishAsync($"{prefix}.{operation}", routingKey, mandatory: true, properties,
            Encoding.UTF8.GetBytes(Job));
        await Expired(client);

        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator);
        var ending = await client.Ending("late");
        var letter = await client.Letter(operation, "late");
        Assert.Equal(($"{operation}.failed", FailureCodes.DeadlineExceeded, "c"),
            (ending.RoutingKey, ending.Code, ending.Properties.CorrelationId));
        Assert.Equal((Job, routingKey),
            (Encoding.UTF8.GetString(letter.Body.Span),
                Encoding.UTF8.GetString((byte[])letter.BasicProperties.Headers!["openai-worker-routing-key"]!)));
        Assert.Empty(emulator.Calls);
    }

    [Fact]
    public async Task What_is_no_JSON_and_expires_ends_as_unreadable()
    {
        await using var client = await ClientWithoutWorker();

        await client.Publish("message-model", "no JSON",
            new() { MessageId = "late", Persistent = true, Expiration = "100" });
        await Expired(client);

        await using var worker = await BrokerWorker.Start(broker, prefix, null);
        var ending = await client.Ending("late");
        await client.Letter("message-model", "late");
        Assert.Equal(("message-model.failed", FailureCodes.Unreadable), (ending.RoutingKey, ending.Code));
    }

    [Fact]
    public async Task A_question_that_was_not_taken_before_its_time_out_ends_too()
    {
        await using var client = await ClientWithoutWorker();
        var bus = Bus.Factory.CreateUsingRabbitMq(rabbit => rabbit.Host(broker.Uri));
        await bus.StartAsync(TestContext.Current.CancellationToken);

        var asking = bus.CreateRequestClient<MessageModel>(new Uri($"exchange:{prefix}.message-model"),
            RequestTimeout.After(ms: 500));
        await Assert.ThrowsAsync<RequestTimeoutException>(() => asking.GetResponse<ModelMessaged, OperationFailed>(
            new MessageModel { JobId = "late", Model = "m", Messages = [new() { Text = "x" }] },
            TestContext.Current.CancellationToken));
        await bus.StopAsync(TestContext.Current.CancellationToken);
        await Expired(client);

        await using var worker = await BrokerWorker.Start(broker, prefix, null);
        Assert.Equal(FailureCodes.DeadlineExceeded, (await client.Ending("late")).Code);
    }

    // A worker has declared everything and is then gone.
    async Task<AmqpClient> ClientWithoutWorker()
    {
        await using var declaring = await BrokerWorker.Start(broker, prefix, null);
        return await AmqpClient.Open(broker, prefix);
    }

    Task Expired(AmqpClient client) =>
        Eventually.Is(async () =>
            await client.Channel.MessageCountAsync($"{prefix}.expired", TestContext.Current.CancellationToken) == 1);
}
