using System.Text;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Running;
using RabbitMQ.Client;

namespace OpenAIWorker.Tests.Security;

/// <summary>Messages that return to a worker again and again, by hand or by all workers at once.</summary>
public sealed class UnendingGiveBackSpecs(WorkerScene scene) : GiveBackScene(scene)
{
    [Theory]
    [InlineData("""{"audioSeconds":1e999}""")]
    [InlineData("""{"audioSeconds":-1e999,"images":-1}""")]
    [InlineData("""{"inputTokens":9223372036854775807,"totalTokens":9223372036854775807,"audioSeconds":1e308}""")]
    public async Task An_endless_usage_in_a_header_blocks_no_other_job(string usage)
    {
        var jobs = Enumerable.Range(0, 12).Select(_ => Guid.NewGuid().ToString()).ToList();

        foreach (var job in jobs)
            await client.Publish("message-model", $$"""{"jobId":"{{job}}",{{Most}}}""",
                new() { Headers = new Dictionary<string, object?> { ["openai-worker-usage"] = usage } });

        foreach (var job in jobs)
            Assert.Null((await client.Ending(job)).Code);
        Assert.All(jobs, job => Assert.Equal(1, Scene.Emulator.TimesBilled(job)));
    }

    [Fact]
    public async Task A_dead_letter_that_is_moved_back_by_hand_starts_anew()
    {
        var job = Guid.NewGuid().ToString();
        await client.Publish("message-model",
            $$"""{"jobId":"{{job}}","model":"m+status:400#1","messages":[{"text":"x"}]}""");
        Assert.Equal(FailureCodes.InvalidRequest, (await client.Ending(job)).Code);
        var letter = await client.Letter("message-model", job);
        var headers = letter.BasicProperties.Headers!;
        headers["openai-worker-first-seen"] = 1L;

        await client.Channel.BasicPublishAsync("", $"{Scene.Prefix}.message-model", mandatory: true,
            new BasicProperties(letter.BasicProperties) { Headers = headers }, letter.Body,
            TestContext.Current.CancellationToken);

        var ending = await client.Event(arrived =>
            arrived.JobId == job && arrived.RoutingKey == "message-model.completed");
        Assert.Equal((1, 0), (ending.Body.GetProperty("attempts").GetInt32(),
            ending.Body.GetProperty("waits").GetInt32()));
    }

    [Theory]
    [InlineData("cancellations")]
    [InlineData("tool-answers")]
    [InlineData("lanes")]
    public async Task Nonsense_that_every_worker_hears_makes_no_queue_and_stops_nothing(string stream)
    {
        string[] bodies = ["", "null", "7", "[]", "{", "{}", """{"jobId":7}""", """{"jobId":null}""",
            """{"jobId":""}""", """{"callId":{},"lane":[]}""", """{"messageType":["urn:message:X:Y"],"message":{}}"""];
        foreach (var body in bodies)
        {
            foreach (var type in new[] { "application/json", Envelope, "text/plain", "nonsense" })
                await client.Channel.BasicPublishAsync("", $"{Scene.Prefix}.{stream}", mandatory: true,
                    new BasicProperties { ContentType = type }, Encoding.UTF8.GetBytes(body),
                    TestContext.Current.CancellationToken);
        }

        var job = Guid.NewGuid().ToString();
        await client.Publish("cancel-job", $$"""{"jobId":"{{job}}"}""");
        await client.Publish("message-model",
            $$"""{"jobId":"{{job}}","model":"m+slow:20000","messages":[{"text":"x"}]}""");

        Assert.Equal(FailureCodes.Cancelled, (await client.Ending(job)).Code);
        Assert.False(await client.IsThere($"{Scene.Prefix}.{stream}_skipped"));
        Assert.False(await client.IsThere($"{Scene.Prefix}.{stream}_error"));
    }
}
