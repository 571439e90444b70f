using OpenAIWorker.Rig;
using RabbitMQ.Client;

namespace OpenAIWorker.Chaos;

/// <summary>The dead-letter queues, seen from outside.</summary>
static class DeadLetters
{
    /// <summary>The jobs that have a dead letter, a name for each letter.</summary>
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

    /// <summary>The dead-letter queues are the last that a starting worker declares before it takes jobs.</summary>
    public static async Task UntilDeclared(IConnection connection, string prefix, CancellationToken cancellation)
    {
        foreach (var queue in Queues(prefix))
            await QueueWatch.Until(connection, queue, consumers: 0, cancellation);
    }

    static IEnumerable<string> Queues(string prefix) =>
        [$"{prefix}.message-model.dead", $"{prefix}.classify-text.dead", $"{prefix}.message-model",
            $"{prefix}.classify-text"];
}
