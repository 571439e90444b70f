using System.Text;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Security;

/// <summary>
/// A message's content is never a reason to return it to the broker: it ends once, and is called at most once.
/// </summary>
public sealed class GiveBackSpecs(WorkerScene scene) : GiveBackScene(scene)
{
    [Theory]
    [InlineData("\"messageId\":\"ORDER\",")]
    [
        InlineData(
            "\"MessageId\":\"ORDER\",\"requestId\":\"x\",\"conversationId\":\"x\",\"correlationId\":\"x\","
                + "\"initiatorId\":\"x\",")]
    [
        InlineData(
            "\"messageId\":\"ORDER\",\"sourceAddress\":\"nonsense\",\"destinationAddress\":\"\","
                + "\"responseAddress\":\":\",\"faultAddress\":\"//\",")]
    [InlineData("\"messageId\":\"ORDER\",\"host\":7,\"sentTime\":\"x\",\"expirationTime\":5,\"responseAddress\":[],")]
    public async Task An_envelope_with_ids_of_a_foreign_kind_is_a_job_like_any_other(string ids)
    {
        var order = $"order-{Guid.NewGuid():N}";

        await client.Publish("message-model", Enveloped(ids.Replace("ORDER", order, StringComparison.Ordinal)),
            new() { ContentType = Envelope });
        var ending = await client.Ending(order);
        await Others_go_on();

        Assert.Null(ending.Code);
        Assert.Equal(1, Scene.Emulator.TimesBilled(order));
        Assert.Single(client.Events, arrived => arrived.JobId == order);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    [InlineData("")]
    [InlineData("  \r\n")]
    [InlineData("\u0000")]
    [InlineData("// x")]
    public async Task A_body_that_is_no_object_ends_as_unreadable_and_many_of_them_block_no_other_job(
        string body)
    {
        var jobs = Enumerable.Range(0, 12).Select(_ => Guid.NewGuid().ToString()).ToList();

        foreach (var job in jobs)
            await client.Publish("classify-text", body, new() { MessageId = job });

        foreach (var job in jobs)
            Assert.Equal(FailureCodes.Unreadable, (await client.Ending(job)).Code);
        await Others_go_on();
        Assert.All(jobs, job => Assert.Single(client.Events, arrived => arrived.JobId == job));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"messageType":["urn:message:OpenAIWorker.Contracts:ClassifyText"],"message":null}""")]
    [InlineData("""{"messageType":null,"message":{"text":"x"}}""")]
    [InlineData("""{"messageType":["urn:message:OpenAIWorker.Contracts:ClassifyText"],"message":7}""")]
    [InlineData("""{"messageType":["urn:message:OpenAIWorker.Contracts:ClassifyText"],"message":[]}""")]
    public async Task An_envelope_of_nothing_ends_once(string body)
    {
        var job = Guid.NewGuid().ToString();

        await client.Publish("classify-text", body, new() { MessageId = job, ContentType = Envelope });

        Assert.NotNull((await client.Ending(job)).Code);
        await Others_go_on();
        Assert.Single(client.Events, arrived => arrived.JobId == job);
        Assert.Equal(1u, await Letters(job));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData(Envelope)]
    public async Task A_byte_order_mark_is_read_over(string type)
    {
        var job = Guid.NewGuid().ToString();
        var body = type == Envelope ? Enveloped("", job) : $$"""{"jobId":"{{job}}",{{Most}}}""";

        await client.Publish("message-model",
            new byte[] { 0xEF, 0xBB, 0xBF }.Concat(Encoding.UTF8.GetBytes(body)).ToArray(),
            new() { ContentType = type });

        Assert.Null((await client.Ending(job)).Code);
    }

    [Fact]
    public async Task An_empty_message_id_is_none()
    {
        var model = $"m-{Guid.NewGuid():N}";
        await client.Publish("message-model", $$"""{"model":"{{model}}+status:400","messages":[{"text":"x"}]}""",
            new() { MessageId = "" });

        var ending = await client.Event(arrived => arrived.Body.TryGetProperty("model", out var named)
            && named.GetString()!.StartsWith(model, StringComparison.Ordinal));

        Assert.NotEmpty(ending.JobId);
    }

    static string Enveloped(string ids, string? job = null) => $$"""
        { {{ids}}"messageType":["urn:message:OpenAIWorker.Contracts:MessageModel"],"message":{ {{(job is null ? "" : $"\"jobId\":\"{job}\",")}} {{Most}} },"headers":{} }
        """;

    async Task<uint> Letters(string job)
    {
        var found = 0u;
        while (await client.Channel.BasicGetAsync($"{Scene.Prefix}.classify-text.dead", autoAck: true,
            TestContext.Current.CancellationToken) is { } letter)
        {
            if (Encoding.UTF8.GetString((byte[])letter.BasicProperties.Headers!["openai-worker-job-id"]!) == job)
                found++;
        }
        return found;
    }

    async Task Others_go_on()
    {
        var job = Guid.NewGuid().ToString();
        await client.Publish("classify-text", $$"""{"jobId":"{{job}}","text":"x"}""");
        Assert.Equal("classify-text.completed", (await client.Ending(job)).RoutingKey);
    }
}
