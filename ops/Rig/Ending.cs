using System.Text.Json;
using RabbitMQ.Client.Events;

namespace OpenAIWorker.Rig;

/// <summary>An ending and its arrival.</summary>
/// <param name="Job">The job's id.</param>
/// <param name="MessageId">The same for every copy of one ending.</param>
/// <param name="What">The kind of ending, and the reason if it failed.</param>
/// <param name="Waits">How often the job waited before.</param>
/// <param name="At">When it arrived.</param>
public sealed record Ending(string Job, string MessageId, string What, int Waits, DateTimeOffset At)
{
    /// <summary>Whether the job failed.</summary>
    public bool IsFailed => What.StartsWith("failed", StringComparison.Ordinal);

    internal static Ending Of(BasicDeliverEventArgs message)
    {
        var body = JsonElement.Parse(message.Body.Span);
        var code = body.TryGetProperty("code", out var failure) ? $": {failure}" : "";
        var waits = body.TryGetProperty("waits", out var count) ? count.GetInt32() : 0;
        return new(
            body.GetProperty("jobId").GetString()!, message.BasicProperties.MessageId!,
            $"{body.GetProperty("ending")}{code}", waits,
            TimeProvider.System.GetUtcNow());
    }
}
