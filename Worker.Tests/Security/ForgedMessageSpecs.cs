using System.Text;
using OpenAIWorker.Tests.Running;
using RabbitMQ.Client;

namespace OpenAIWorker.Tests.Security;

/// <summary>
/// Messages that say they come from a worker, or would have one speak for their sender, on a real broker.
/// </summary>
public sealed class ForgedMessageSpecs(WorkerScene scene) : IClassFixture<WorkerScene>
{
    const string Envelope = "application/vnd.masstransit+json";

    readonly AmqpClient client = scene.Client;
    readonly string prefix = scene.Prefix;

    [Fact]
    public async Task An_announced_lane_that_is_none_finds_no_consumer()
    {
        // As long as the prefix, so that what follows it looks like an operation's.
        var foreign = $"{new string('z', prefix.Length)}.message-model.lane.x-12345678";
        var real = $"{prefix}.classify-text.lane.x-12345678";
        await client.Channel.QueueDeclareAsync(foreign, durable: true, exclusive: false, autoDelete: false,
            cancellationToken: TestContext.Current.CancellationToken);

        foreach (var queue in new[] { $"\"{foreign}\"", "null", "7", "\"\"", $"\"{prefix}.test-events\"",
            $"\"{prefix}.message-model\"", $"\"{real}\"" })
            await Send($"{prefix}.lanes", $$"""{"queue":{{queue}},"prefetch":2147483647}""");

        // They are read in their order, and the last one is as good as a real one.
        await Eventually.Is(async () => await Consumers(real) == 1);
        Assert.Equal(0u, await Consumers(foreign));
        Assert.Equal(1u, await Consumers($"{prefix}.test-events"));
        Assert.Equal(1u, await Consumers($"{prefix}.message-model"));
        // The real one stays while the worker consumes from it; the broker deletes it in the end.
        await client.Channel.QueueDeleteAsync(foreign, cancellationToken: TestContext.Current.CancellationToken);
    }

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

        // The broker itself makes two at once, by the sender's own rights; the dead letter of each must make no more.
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

    [Fact]
    public async Task What_says_it_is_a_message_of_the_workers_own_is_no_job()
    {
        foreach (var type in new[] { "OpenAIWorker.Delivery:LaneOpened", "OpenAIWorker.Contracts:CallTool",
            "OpenAIWorker.Contracts:CredentialPaused", "OpenAIWorker.Contracts:CancelJob" })
        {
            var job = Guid.NewGuid().ToString();
            await client.Publish("message-model",
                $$"""{"messageType":["urn:message:{{type}}"],"message":{"jobId":"{{job}}","queue":"x","credential":"default"},"headers":{} }""", new() { ContentType = Envelope });

            Assert.Equal("unreadable", (await client.Ending(job)).Code);
        }
    }

    [Fact]
    public async Task Two_jobs_of_one_id_at_once_each_get_their_own_answer()
    {
        var job = Guid.NewGuid().ToString();
        const string slow = "m+slow:1500";
        await client.Channel.QueueDeclareAsync($"{prefix}.his", durable: true, exclusive: false, autoDelete: false,
            cancellationToken: TestContext.Current.CancellationToken);

        await client.Publish("message-model",
            $$"""{"jobId":"{{job}}","model":"{{slow}}","messages":[{"text":"The secret is xyzzy"}]}""");
        await client.Publish("message-model",
            $$"""{"jobId":"{{job}}","model":"{{slow}}","messages":[{"text":"What is it?"}]}""",
            new() { ReplyTo = $"{prefix}.his" });

        Assert.DoesNotContain("xyzzy", Encoding.UTF8.GetString((await client.Get($"{prefix}.his")).Body.Span),
            StringComparison.Ordinal);
        Assert.Equal(2, scene.Emulator.Calls.Count(call => call.Job == job));
        await client.Channel.QueueDeleteAsync($"{prefix}.his",
            cancellationToken: TestContext.Current.CancellationToken);
    }

    static string Job(string job) => $$"""{"jobId":"{{job}}","model":"m","messages":[{"text":"x"}]}""";

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

    async Task Send(string queue, string body) =>
        await client.Channel.BasicPublishAsync("", queue, mandatory: true,
            new BasicProperties { ContentType = "application/json" }, Encoding.UTF8.GetBytes(body),
            TestContext.Current.CancellationToken);

    Task<uint> Consumers(string queue) => Look(async channel => await channel.ConsumerCountAsync(queue), 0u);

    Task<bool> HasExchange(string name) =>
        Look(async channel => { await channel.ExchangeDeclarePassiveAsync(name); return true; }, false);

    // What is not there closes the channel that asks.
    async Task<T> Look<T>(Func<IChannel, Task<T>> look, T absent)
    {
        await using var channel = await client.NewChannel();
        try
        {
            return await look(channel);
        }
        catch (RabbitMQ.Client.Exceptions.OperationInterruptedException)
        {
            return absent;
        }
    }
}
