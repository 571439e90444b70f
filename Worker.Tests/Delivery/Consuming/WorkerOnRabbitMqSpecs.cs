using System.Globalization;
using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Delivery.Consuming;

public sealed class WorkerOnRabbitMqSpecs(WorkerScene scene) : WorkerOnRabbitMq(scene)
{
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
    public async Task The_address_in_reply_to_gets_the_ending_as_well()
    {
        await client.Channel.QueueDeclareAsync($"{prefix}.mine", durable: true, exclusive: false, autoDelete: false);
        await client.Publish("message-model", Hello,
            new() { MessageId = "r", CorrelationId = "c", ReplyTo = $"{prefix}.mine" });

        var reply = await client.Get($"{prefix}.mine");

        Assert.Equal(("c", "r"), (reply.BasicProperties.CorrelationId,
            JsonElement.Parse(reply.Body.Span).GetProperty("jobId").GetString()));
        Assert.Equal((await client.Ending("r")).Properties.MessageId, reply.BasicProperties.MessageId);
    }
}
