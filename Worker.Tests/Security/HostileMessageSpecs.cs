using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Running;
using RabbitMQ.Client;

namespace OpenAIWorker.Tests.Security;

/// <summary>Hostile messages to one worker on a real broker: each ends, and the jobs beside it continue.</summary>
public sealed class HostileMessageSpecs(WorkerScene scene) : IClassFixture<WorkerScene>
{
    readonly AmqpClient client = scene.Client;

    public static TheoryData<string> Names => [.. HostileMessage.All.Select(message => message.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_ends_as_it_should_and_once(string name)
    {
        var (job, message) = (Guid.NewGuid().ToString(), HostileMessage.Named(name));

        await client.Publish("message-model", message.Body,
            new() { MessageId = job, ContentType = message.ContentType, Headers = message.Headers.ToDictionary() });
        var ending = await client.Ending(job);

        Assert.Equal(message.Ends, ending.Code ?? Endings.Completed);
        await Others_go_on();
    }

    [Theory]
    [InlineData("x", 200_000, FailureCodes.InvalidRequest)]
    [InlineData("字", 256, Endings.Completed)]
    // The 256th UTF-16 unit is half of a character.
    [InlineData("😀x", 90, Endings.Completed)]
    public async Task An_id_of_any_length_ends_and_may_wait_before(string letter, int length, string ends)
    {
        var job = string.Concat(Enumerable.Repeat(letter, length));

        await client.Publish("message-model",
            $$"""{"jobId":"{{job}}","model":"m+status:500#1","messages":[{"text":"x"}]}""", new());
        var ending = await client.Ending(job);

        Assert.Equal(ends, ending.Code ?? Endings.Completed);
        Assert.InRange(ending.Header("cloudEvents:subject")!.Length, 1, 256);
        Assert.StartsWith(ending.Header("cloudEvents:subject")!, job, StringComparison.Ordinal);
        await Others_go_on();
    }

    [Fact]
    public async Task An_id_that_fills_the_message_may_wait_for_its_time_and_is_one_job()
    {
        var start = $"{Guid.NewGuid()}";
        var job = start + new string('j', 16 * 1024 * 1024 - 300);
        var due = TimeProvider.System.GetUtcNow().AddSeconds(3);

        await client.Publish("message-model",
            $$"""{"jobId":"{{job}}","notBefore":"{{due:O}}","model":"m","messages":[{"text":"x"}]}""", new());

        await client.Event(arrived =>
            arrived.RoutingKey == "message-model.delayed" && arrived.JobId.StartsWith(start, StringComparison.Ordinal));
        await client.Event(arrived =>
            arrived.RoutingKey == "message-model.failed" && arrived.JobId.StartsWith(start, StringComparison.Ordinal));
        await Others_go_on();
        Assert.Equal(2, client.Events.Count(arrived => arrived.JobId.StartsWith(start, StringComparison.Ordinal)));
    }

    async Task Others_go_on()
    {
        var job = Guid.NewGuid().ToString();
        await client.Publish("classify-text", $$"""{"jobId":"{{job}}","text":"x"}""");
        Assert.Equal("classify-text.completed", (await client.Ending(job)).RoutingKey);
    }
}
