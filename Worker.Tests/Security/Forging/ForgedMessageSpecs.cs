using System.Text;
using OpenAIWorker.Tests.Running;
using RabbitMQ.Client;

namespace OpenAIWorker.Tests.Security.Forging;

/// <summary>
/// Messages that pretend to come from a worker, or would make one speak for their sender, on a real broker.
/// </summary>
public sealed class ForgedMessageSpecs(WorkerScene scene) : ForgedMessageScene(scene)
{
    [Fact]
    public async Task An_announced_lane_that_is_none_finds_no_consumer()
    {
        // As long as the prefix, so that the rest looks like an operation's name.
        var foreign = $"{new string('z', prefix.Length)}.message-model.lane.x-12345678";
        var real = $"{prefix}.classify-text.lane.x-12345678";
        await client.Channel.QueueDeclareAsync(foreign, durable: true, exclusive: false, autoDelete: false,
            cancellationToken: TestContext.Current.CancellationToken);

        foreach (var queue in new[] { $"\"{foreign}\"", "null", "7", "\"\"", $"\"{prefix}.test-events\"",
            $"\"{prefix}.message-model\"", $"\"{real}\"" })
            await Send($"{prefix}.lanes", $$"""{"queue":{{queue}},"prefetch":2147483647}""");

        // They are read in order, and the last one is like a real one.
        await Eventually.Is(async () => await Consumers(real) == 1);
        Assert.Equal(0u, await Consumers(foreign));
        Assert.Equal(1u, await Consumers($"{prefix}.test-events"));
        Assert.Equal(1u, await Consumers($"{prefix}.message-model"));
        // The real one stays while the worker consumes from it; the broker deletes it at the end.
        await client.Channel.QueueDeleteAsync(foreign, cancellationToken: TestContext.Current.CancellationToken);
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
        Assert.Equal(2, Scene.Emulator.Calls.Count(call => call.Job == job));
        await client.Channel.QueueDeleteAsync($"{prefix}.his",
            cancellationToken: TestContext.Current.CancellationToken);
    }

    async Task Send(string queue, string body) =>
        await client.Channel.BasicPublishAsync("", queue, mandatory: true,
            new BasicProperties { ContentType = "application/json" }, Encoding.UTF8.GetBytes(body),
            TestContext.Current.CancellationToken);

    Task<uint> Consumers(string queue) => Look(async channel => await channel.ConsumerCountAsync(queue), 0u);
}
