using OpenAIWorker.Tests.Running;
using RabbitMQ.Client;

namespace OpenAIWorker.Tests.Security.Forging;

/// <summary>
/// The sender writes the address for the answer. It reaches nothing that the sender could not reach directly.
/// </summary>
public sealed class ForgedAddressSpecs(WorkerScene scene) : ForgedMessageScene(scene)
{
    [Theory]
    [InlineData("message-model")]
    [InlineData("classify-text")]
    [InlineData("cancellations")]
    [InlineData("tool-answers")]
    [InlineData("lanes")]
    [InlineData("waits")]
    [InlineData("orders")]
    [InlineData("message-model.dead")]
    public async Task An_ending_never_goes_into_a_queue_of_the_workers_own(string queue)
    {
        var (job, next) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());

        await client.Publish("message-model", Job(job),
            new() { ReplyTo = $"{prefix}.{queue}", CorrelationId = "call_1" });
        await client.Ending(job);
        await client.Publish("message-model", Enveloped(next, $"exchange:{prefix}.{queue}"),
            new() { ContentType = Envelope });
        await client.Ending(next);

        await Others_go_on();
        Assert.All(new[] { job, next }, id => Assert.Single(client.Events, arrived => arrived.JobId == id));
    }

    [Theory]
    [InlineData("exchange:PREFIX.events")]
    [InlineData("exchange:made-up-PREFIX?bind=true&queue=stolen-PREFIX")]
    [InlineData("queue:PREFIX.message-model?durable=false")]
    [InlineData("rabbitmq://203.0.113.1/made-up-PREFIX")]
    [InlineData("http://203.0.113.1/made-up-PREFIX")]
    [InlineData("made-up-PREFIX")]
    public async Task An_address_for_the_answer_makes_nothing_in_the_broker_and_reaches_no_other_host(string address)
    {
        var job = Guid.NewGuid().ToString();

        await client.Publish("message-model",
            Enveloped(job, address.Replace("PREFIX", prefix, StringComparison.Ordinal)),
            new() { ContentType = Envelope });

        Assert.Equal("message-model.completed", (await client.Ending(job)).RoutingKey);
        await Others_go_on();
        foreach (var name in new[] { $"made-up-{prefix}", $"stolen-{prefix}" })
            Assert.False(await client.IsThere(name) || await HasExchange(name), $"{name} was made.");
    }

    [Fact]
    public async Task An_address_longer_than_any_queues_name_is_let_be()
    {
        var job = Guid.NewGuid().ToString();

        await client.Publish("message-model", Enveloped(job, $"rabbitmq://localhost/{new string('q', 300)}"),
            new() { ContentType = Envelope });
        await client.Ending(job);

        await Others_go_on();
        Assert.Single(client.Events, arrived => arrived.JobId == job);
    }

    [Fact]
    public async Task Copies_for_other_queues_are_not_made_in_the_workers_name()
    {
        var job = Guid.NewGuid().ToString();
        var copies = new Dictionary<string, object?>
        {
            ["CC"] = new List<object?> { $"{prefix}.message-model" },
            ["BCC"] = new List<object?> { $"{prefix}.message-model" }
        };

        // The broker itself makes two copies, with the sender's rights; their dead letters must not make more.
        await client.Channel.BasicPublishAsync("", $"{prefix}.classify-text", mandatory: true,
            new BasicProperties { MessageId = job, Headers = copies }, "7"u8.ToArray(),
            TestContext.Current.CancellationToken);
        await client.Ending(job);
        await client.Letter("classify-text", job);

        await Others_go_on();
        Assert.InRange(client.Events.Count(arrived => arrived.JobId == job), 1, 2);
    }

    [Fact]
    public async Task A_queue_for_the_answer_that_takes_nothing_does_not_bring_the_job_back()
    {
        var (job, full) = (Guid.NewGuid().ToString(), $"full-{prefix}");
        var arguments = new Dictionary<string, object?> { ["x-max-length"] = 0, ["x-overflow"] = "reject-publish" };
        await client.Channel.QueueDeclareAsync(full, durable: true, exclusive: false, autoDelete: false, arguments,
            cancellationToken: TestContext.Current.CancellationToken);
        await client.Channel.BasicPublishAsync("", full, mandatory: false, new BasicProperties(), "x"u8.ToArray(),
            TestContext.Current.CancellationToken).AsTask()
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

        await client.Publish("message-model", Job(job), new() { ReplyTo = full });
        await client.Ending(job);
        await client.Publish("message-model", Enveloped($"{job}-asked", $"rabbitmq://localhost/{full}"),
            new() { ContentType = Envelope });
        await client.Ending($"{job}-asked");

        await Others_go_on();
        await Others_go_on();
        Assert.All(new[] { job, $"{job}-asked" }, id => Assert.Single(client.Events, arrived => arrived.JobId == id));
        await client.Channel.QueueDeleteAsync(full, cancellationToken: TestContext.Current.CancellationToken);
    }

    static string Enveloped(string job, string responseAddress) => $$"""
        {"requestId":"0195c1f0-0000-0000-0000-000000000001","responseAddress":"{{responseAddress}}","faultAddress":"{{responseAddress}}",
         "messageType":["urn:message:OpenAIWorker.Contracts:MessageModel"],"message":{{Job(job)}},"headers":{} }
        """;

    async Task Others_go_on()
    {
        var job = Guid.NewGuid().ToString();
        await client.Publish("classify-text", $$"""{"jobId":"{{job}}","text":"x"}""");
        Assert.Equal("classify-text.completed", (await client.Ending(job)).RoutingKey);
    }

    Task<bool> HasExchange(string name) =>
        Look(async channel => { await channel.ExchangeDeclarePassiveAsync(name); return true; }, false);
}
