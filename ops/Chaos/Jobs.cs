using System.Text.Json;
using RabbitMQ.Client;

namespace OpenAIWorker.Chaos;

/// <summary>The jobs, sent as any AMQP client would: JSON to an exchange, confirmed.</summary>
static class Jobs
{
    /// <summary>What the emulator does to calls of the model: throttled 10 %, failing 5 %, cut 2 %, hanging 1 %, slow 10 %.</summary>
    const string Faults = "gpt-chaos+retry-after:2+status:429@0.1+status:500@0.05+cut@0.02+hang@0.01+slow:1000@0.1";

    /// <summary>A call of this model is always refused: its jobs end as failures, and are dead letters.</summary>
    const string Refused = "gpt-refused+status:400";

    const int RefusedEvery = 50;
    const int ClassifiedEvery = 4;
    const int ScheduledEvery = 20;

    public static int RefusedOf(int count) => Enumerable.Range(0, count).Count(IsRefused);

    public static async Task Publish(IConnection connection, string prefix, int count, CancellationToken cancellation)
    {
        await using var channel = await connection.CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellation);
        foreach (var numbers in Enumerable.Range(0, count).Chunk(200))
            await Task.WhenAll(numbers.Select(number => Publish(channel, prefix, number, cancellation)));
    }

    public static string Name(int number) => $"job-{number:00000}";

    static async Task Publish(IChannel channel, string prefix, int number, CancellationToken cancellation)
    {
        var (operation, body) = Job(number);
        await channel.BasicPublishAsync($"{prefix}.jobs", operation, mandatory: true, new BasicProperties { Persistent = true }, JsonSerializer.SerializeToUtf8Bytes(body), cancellation);
    }

    static (string Operation, object Body) Job(int number)
    {
        var (jobId, model) = (Name(number), IsRefused(number) ? Refused : Faults);
        if (number % ClassifiedEvery == 0)
            return ("classify-text", new { jobId, model, text = "Is this nice?" });
        var messages = new[] { new { text = $"Question {number}" } };
        return number % ScheduledEvery == 1
            ? ("message-model", new { jobId, model, messages, notBefore = TimeProvider.System.GetUtcNow().AddSeconds(15) })
            : ("message-model", new { jobId, model, messages });
    }

    static bool IsRefused(int number) => number % RefusedEvery == 7;
}
