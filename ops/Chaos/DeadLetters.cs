using OpenAIWorker.Rig;
using RabbitMQ.Client;

namespace OpenAIWorker.Chaos;

/// <summary>The dead-letter queues, seen from outside.</summary>
static class DeadLetters
{
    /// <summary>The jobs that have a dead letter, one name per letter.</summary>
    public static async Task<IReadOnlyList<string>> Count(Broker broker, string prefix, CancellationToken cancellation)
    {
        await using var connection = await broker.Connect(cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        var jobs = new List<string>();
        foreach (var queue in Queues(prefix))
        {
            while (await channel.BasicGetAsync(queue, autoAck: true, cancellation) is { } letter)
                jobs.Add(System.Text.Encoding.UTF8.GetString(
                    (byte[])letter.BasicProperties.Headers!["openai-worker-job-id"]!));
        }
        return jobs;
    }

    /// <summary>A worker that consumes has declared all its queues.</summary>
    public static async Task UntilDeclared(IConnection connection, string prefix, CancellationToken cancellation)
    {
        foreach (var operation in (string[])["message-model", "classify-text"])
            await QueueWatch.Until(connection, $"{prefix}.{operation}", consumers: 1, cancellation);
    }

    static IEnumerable<string> Queues(string prefix) =>
        [$"{prefix}.message-model.dead", $"{prefix}.classify-text.dead", $"{prefix}.message-model",
            $"{prefix}.classify-text"];
}
