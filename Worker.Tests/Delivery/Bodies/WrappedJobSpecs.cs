using System.Text;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Running;
using RabbitMQ.Client;

namespace OpenAIWorker.Tests.Delivery.Bodies;

/// <summary>Jobs as foreign programs wrap them, to a worker on a real broker.</summary>
public sealed class WrappedJobSpecs(WorkerScene scene) : IClassFixture<WorkerScene>
{
    readonly AmqpClient client = scene.Client;
    readonly string job = Guid.NewGuid().ToString();

    [Fact]
    public async Task A_packed_job_waits_packed_and_ends_once()
    {
        await client.Publish("message-model",
            Packed($$"""{"jobId":"{{job}}","model":"m+status:500#1","messages":[{"text":"x"}]}"""),
            new() { ContentEncoding = "gzip" });

        Assert.Equal("message-model.completed", (await client.Ending(job)).RoutingKey);
        Assert.Contains(client.Events,
            arrived => arrived.JobId == job && arrived.RoutingKey == "message-model.delayed");
    }

    [Fact]
    public async Task A_structured_cloud_event_is_a_job_and_gives_it_its_id()
    {
        await client.Publish("message-model",
            $$"""{"specversion":"1.0","id":"{{job}}","source":"/shop","type":"ask","data":{"model":"m","messages":[{"text":"x"}]} }""", new() { ContentType = "application/cloudevents+json" });

        Assert.Equal("message-model.completed", (await client.Ending(job)).RoutingKey);
    }

    [Fact]
    public async Task An_envelope_is_one_under_any_content_type()
    {
        await client.Publish("message-model",
            $$"""{"messageId":"{{job}}","messageType":["urn:message:OpenAIWorker.Contracts:MessageModel"],"message":{"model":"m","messages":[{"text":"x"}]} }""", new() { ContentType = "application/json" });

        Assert.Equal("message-model.completed", (await client.Ending(job)).RoutingKey);
    }

    [Fact]
    public async Task A_plain_job_is_one_under_any_content_type()
    {
        await client.Publish("message-model", $$"""{"jobId":"{{job}}","model":"m","messages":[{"text":"x"}]}""",
            new() { ContentType = "application/vnd.masstransit+json" });

        Assert.Equal("message-model.completed", (await client.Ending(job)).RoutingKey);
    }

    [Fact]
    public async Task What_is_refused_of_a_packed_job_is_told_of_it_and_kept_as_it_came()
    {
        var body = Packed($$"""{"jobId":"{{job}}","model":"m","messages":[{"content":"x"}],"metadata":{"a":"1"} }""");

        await client.Publish("message-model", body, new() { ContentEncoding = "gzip" });
        var ending = await client.Ending(job);

        Assert.Equal(FailureCodes.InvalidRequest, ending.Code);
        Assert.Equal("messages[0].content is not a member of messages[0]. Did you mean text?",
            ending.Body.GetProperty("message").GetString());
        Assert.Equal("1", ending.Body.GetProperty("metadata").GetProperty("a").GetString());
        Assert.Equal(body, (await client.Letter("message-model", job)).Body.ToArray());
    }

    [Fact]
    public async Task An_operation_in_the_body_that_the_routing_key_did_not_say_is_refused()
    {
        await client.Publish("message-model", $$"""{"jobId":"{{job}}","operation":"classify-text","text":"x"}""");
        var ending = await client.Ending(job);

        Assert.Equal((FailureCodes.InvalidRequest, "operation"),
            (ending.Code, ending.Body.GetProperty("member").GetString()));
    }

    static byte[] Packed(string body) => PlainBodySpecs.Packed("gzip", Encoding.UTF8.GetBytes(body));
}
