using System.Text.Json;
using RabbitMQ.Client.Events;

namespace OpenAIWorker.Rig;

/// <summary>An ending as it arrived.</summary>
/// <param name="Job">The job's id.</param>
/// <param name="MessageId">The same for every copy of one ending.</param>
/// <param name="What">The kind of ending, and why where it failed.</param>
/// <param name="Waits">How often the job was put off before.</param>
/// <param name="At">When it arrived.</param>
public sealed record Ending(string Job, string MessageId, string What, int Waits, DateTimeOffset At)
{
    /// <summary>Whether the job came to nothing.</summary>
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
