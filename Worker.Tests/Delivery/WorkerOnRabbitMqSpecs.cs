using System.Globalization;
using System.Text;
using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Delivery;

public sealed class WorkerOnRabbitMqSpecs(WorkerScene scene) : IClassFixture<WorkerScene>
{
    const string Hello = """{"model":"m","messages":[{"text":"Hello"}]}""";

    readonly AmqpClient client = scene.Client;
    readonly OpenAIEmulator emulator = scene.Emulator;
    readonly string prefix = scene.Prefix;

    [Fact]
    public async Task A_json_job_of_any_client_ends_on_the_topic_exchange()
    {
        await client.Publish("message-model", Hello, new() { MessageId = "order/42", CorrelationId = "not a guid" });

        var ending = await client.Ending("order/42");

        Assert.Equal(("message-model.completed", "application/json", "not a guid"),
            (ending.RoutingKey, ending.Properties.ContentType, ending.Properties.CorrelationId));
        Assert.Contains("Hello", ending.Body.GetProperty("text").GetString());
    }

    [Fact]
    public async Task An_event_carries_the_attributes_of_CloudEvents()
    {
        await client.Publish("message-model", Hello, new() { MessageId = "cloudy" });

        var ending = await client.Ending("cloudy");

        Assert.Equal(
            ["1.0", ending.Properties.MessageId, $"/openai-worker/{prefix}", "OpenAIWorker.Contracts.ModelMessaged",
                "cloudy"],
            new[] { "specversion", "id", "source", "type", "subject" }
                .Select(attribute => ending.Header($"cloudEvents:{attribute}")));
        Assert.InRange(DateTimeOffset.Parse(ending.Header("cloudEvents:time")!, CultureInfo.InvariantCulture),
            TimeProvider.System.GetUtcNow().AddMinutes(-5), TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task The_senders_trace_goes_on_with_the_events()
    {
        const string trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        await client.Publish("message-model", Hello,
            new()
            {
                MessageId = "traced",
                Headers = new Dictionary<string, object?> { ["traceparent"] = trace, ["tracestate"] = "a=b" }
            });

        var ending = await client.Ending("traced");

        Assert.StartsWith(trace[..36], ending.Header("traceparent"), StringComparison.Ordinal);
        Assert.Equal("a=b", ending.Header("tracestate"));
        Assert.Equal((trace, "a=b"),
            (ending.Header("cloudEvents:traceparent"), ending.Header("cloudEvents:tracestate")));
    }

    [Fact]
    public async Task Metadata_comes_back_untouched()
    {
        await client.Publish("message-model",
            """{"jobId":"m","model":"m","messages":[{"text":"x"}],"metadata":{"A":"1","a":"2","none":null}}""");

        var ending = await client.Ending("m");

        Assert.Equal("""{"A":"1","a":"2","none":null}""", ending.Body.GetProperty("metadata").GetRawText());
    }

    [Fact]
    public async Task A_masstransit_envelope_is_a_job_too()
    {
        await client.Publish("message-model", """
            {"messageId":"0195c1f0-0000-0000-0000-000000000001","messageType":["urn:message:OpenAIWorker.Contracts:MessageModel"],
             "message":{"jobId":"enveloped","model":"m","messages":[{"text":"Hello"}]},"headers":{}}
            """, new() { ContentType = "application/vnd.masstransit+json" });

        Assert.Equal("message-model.completed", (await client.Ending("enveloped")).RoutingKey);
    }

    [Theory]
    [InlineData("message-model", "message-model")]
    [InlineData("message-nodel", "unknown")]
    public async Task An_envelope_of_another_message_ends_too(string routingKey, string operation)
    {
        await client.Publish(routingKey, $$$"""
            {"messageType":["urn:message:Strange:Thing"],"message":{"jobId":"strange-{{{operation}}}"},"headers":{}}
            """, new() { ContentType = "application/vnd.masstransit+json" });

        var ending = await client.Ending($"strange-{operation}");

        Assert.Equal(($"{operation}.failed", FailureCodes.Unreadable), (ending.RoutingKey, ending.Code));
        await client.Letter(operation, $"strange-{operation}");
    }

    [Fact]
    public async Task Whoever_is_named_in_reply_to_gets_the_ending_as_well()
    {
        await client.Channel.QueueDeclareAsync($"{prefix}.mine", durable: true, exclusive: false, autoDelete: false);
        await client.Publish("message-model", Hello,
            new() { MessageId = "r", CorrelationId = "c", ReplyTo = $"{prefix}.mine" });

        var reply = await client.Get($"{prefix}.mine");

        Assert.Equal(("c", "r"), (reply.BasicProperties.CorrelationId,
            JsonElement.Parse(reply.Body.Span).GetProperty("jobId").GetString()));
        Assert.Equal((await client.Ending("r")).Properties.MessageId, reply.BasicProperties.MessageId);
    }

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
    public async Task An_operation_that_nobody_knows_ends_too()
    {
        Assert.SkipUnless(scene.CatchesUnknownKeys,
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
