using System.Text;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Delivery.Consuming;

/// <summary>Jobs that do not complete, on a real broker.</summary>
public sealed class GivenUpOnRabbitMqSpecs(WorkerScene scene) : WorkerOnRabbitMq(scene)
{
    [Fact]
    public async Task What_fails_is_tried_again_through_the_ladder()
    {
        await client.Publish("message-model",
            """{"jobId":"retried","model":"m+status:500#2","messages":[{"text":"x"}]}""");

        var ending = await client.Ending("retried");

        Assert.Equal((3, 2), (ending.Body.GetProperty("attempts").GetInt32(),
            ending.Body.GetProperty("waits").GetInt32()));
        Assert.Equal(["provider_error", "provider_error"],
            client.Events.Where(delayed => delayed.JobId == "retried" && delayed.RoutingKey == "message-model.delayed")
                .Select(delayed => delayed.Code));
        Assert.Equal(1, emulator.TimesBilled("retried"));
    }

    [Fact]
    public async Task A_throttled_job_waits_as_long_as_it_is_told_and_keeps_its_attempts()
    {
        await client.Publish("message-model",
            """{"jobId":"throttled","model":"m+status:429#2+retry-after:2","messages":[{"text":"x"}],"maxRetries":"""
                + """0}""");

        var ending = await client.Ending("throttled");

        Assert.Equal((1, 2), (ending.Body.GetProperty("attempts").GetInt32(),
            ending.Body.GetProperty("waits").GetInt32()));
        var calls = emulator.Calls.Where(call => call.Job == "throttled").ToList();
        Assert.All(calls.Zip(calls.Skip(1)),
            pair =>
                Assert.True(pair.Second.ReceivedAt - pair.First.ReceivedAt >= TimeSpan.FromSeconds(2),
                    "A call came before Retry-After was over."));
    }

    [Fact]
    public async Task A_job_for_later_is_called_later()
    {
        var later = TimeProvider.System.GetUtcNow().AddSeconds(3);
        await client.Publish("classify-text", $$"""{"jobId":"later","text":"x","notBefore":"{{later:O}}"}""");

        await client.Ending("later");

        Assert.True(Assert.Single(emulator.Calls, call => call.Job == "later").ReceivedAt >= later,
            "The call came early.");
    }

    [Fact]
    public async Task What_will_never_pass_is_in_the_dead_letters_byte_for_byte()
    {
        const string body = """{ "jobId":"dead",  "model":"m+status:400", "messages":[{"text":"x"}]}""";
        await client.Publish("message-model", body,
            new() { Headers = new Dictionary<string, object?> { ["tenant"] = "t1" } });

        var ending = await client.Ending("dead");
        var letter = await client.Letter("message-model", "dead");

        Assert.Equal(("message-model.failed", FailureCodes.InvalidRequest), (ending.RoutingKey, ending.Code));
        Assert.Equal(body, Encoding.UTF8.GetString(letter.Body.Span));
        Assert.Equal(["t1", "dead", "invalid_request", "permanent", "m+status:400"],
            new[] { "tenant", "openai-worker-job-id", "openai-worker-code", "openai-worker-kind",
                "openai-worker-model" }.Select(name =>
                    Encoding.UTF8.GetString((byte[])letter.BasicProperties.Headers![name]!)));
    }

    [Theory]
    [InlineData("{nonsense", FailureCodes.Unreadable)]
    [InlineData("[1]", FailureCodes.Unreadable)]
    [InlineData("", FailureCodes.Unreadable)]
    [InlineData("""{"model":"m","mesages":[]}""", FailureCodes.InvalidRequest)]
    [InlineData("""{"model":"m","temperature":"hot"}""", FailureCodes.InvalidRequest)]
    public async Task A_body_that_does_not_fit_ends_with_what_is_known_of_it(string body, string code)
    {
        var job = Guid.NewGuid().ToString();
        await client.Publish("message-model", body, new() { MessageId = job });

        var ending = await client.Ending(job);
        var letter = await client.Letter("message-model", job);

        Assert.Equal(("message-model.failed", code), (ending.RoutingKey, ending.Code));
        Assert.Equal(body, Encoding.UTF8.GetString(letter.Body.Span));
    }

    [Fact]
    public async Task An_unknown_operation_ends_too()
    {
        Assert.SkipUnless(Scene.CatchesUnknownKeys,
            "The broker's policy for unknown routing keys takes its management API. RABBITMQ_MANAGEMENT_URL names it.");
        await client.Publish("message-nodel", Hello, new() { MessageId = "lost" });

        var ending = await client.Ending("lost");

        Assert.Equal(("unknown.failed", FailureCodes.Unreadable), (ending.RoutingKey, ending.Code));
        Assert.Contains("message-nodel", ending.Body.GetProperty("message").GetString());
        Assert.Equal(Hello, Encoding.UTF8.GetString((await client.Letter("unknown", "lost")).Body.Span));
    }

    [Fact]
    public async Task A_waiting_job_that_is_cancelled_ends_when_it_comes_up()
    {
        await client.Publish("message-model",
            $$"""{"jobId":"waiting","model":"m","messages":[{"text":"x"}],"notBefore":"{{TimeProvider.System.GetUtcNow().AddSeconds(2):O}}"}""");
        await client.Event(delayed => delayed.JobId == "waiting");
        await client.Publish("cancel-job", """{"jobId":"waiting"}""");

        var ending = await client.Ending("waiting");

        Assert.Equal(FailureCodes.Cancelled, ending.Code);
        Assert.Equal(0, emulator.TimesBilled("waiting"));
    }

    [Fact]
    public async Task A_running_call_that_is_cancelled_is_aborted()
    {
        await client.Publish("message-model", """{"jobId":"running","model":"m+hang","messages":[{"text":"x"}]}""");
        await client.Publish("cancel-job", """{"jobId":"running"}""");

        Assert.Equal(FailureCodes.Cancelled, (await client.Ending("running")).Code);
    }
}
