using OpenAIWorker.Tests.Delivery.Consuming;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.Telemetry;
using RabbitMQ.Client;

namespace OpenAIWorker.Tests.Delivery.Messages;

/// <summary>The time at which a job was sent, by its message.</summary>
public sealed class SendingTimeSpecs(WorkerScene scene) : WorkerOnRabbitMq(scene)
{
    // Other tests' jobs wait for less.
    static readonly TimeSpan Before = TimeSpan.FromDays(100);

    [Fact]
    public async Task A_job_that_comes_again_is_counted_as_received_once()
    {
        using var measured = new Measured();
        var sent = TimeProvider.System.GetUtcNow() - Before;
        var due = TimeProvider.System.GetUtcNow().AddSeconds(2);

        await client.Publish("message-model",
            $$"""{"model":"m","messages":[{"text":"Hello"}],"notBefore":"{{due:O}}"}""",
            new() { MessageId = "long-ago", Timestamp = new AmqpTimestamp(sent.ToUnixTimeSeconds()) });

        Assert.Equal(1, (await client.Ending("long-ago")).Body.GetProperty("waits").GetInt32());
        var waits = measured.Of("openai_worker.queue.wait", []).Where(wait => wait.Value >= Before.TotalSeconds);
        Assert.InRange(Assert.Single(waits).Value, Before.TotalSeconds, Before.TotalSeconds + 60);
    }
}
