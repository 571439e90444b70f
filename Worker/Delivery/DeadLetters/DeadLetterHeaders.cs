using System.Globalization;
using System.Text;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Json;

namespace OpenAIWorker.Delivery.DeadLetters;

/// <summary>Headers that a dead letter has in addition to the message's own.</summary>
static class DeadLetterHeaders
{
    /// <summary>The prefix of all headers that this worker writes.</summary>
    public const string Own = "openai-worker-";

    public const string Code = Own + "code";
    public const string Kind = Own + "kind";
    public const string Reason = Own + "reason";
    public const string Attempts = Own + "attempts";
    public const string FailedAt = Own + "failed-at";
    public const string FirstSeen = Own + "first-seen";
    public const string JobId = Own + "job-id";
    public const string Model = Own + "model";
    public const string RoutingKey = Own + "routing-key";
    public const string Tenant = Own + "tenant";

    /// <summary>
    /// The name of a replay, for a message that is sent again on purpose, so that a failed job starts again, and only
    /// once.
    /// </summary>
    public const string Replay = Own + "replay";

    // All headers of a message share one frame, together with those of the sender.
    const int LongestReason = 1_000;
    const int LongestName = 256;

    public static IEnumerable<KeyValuePair<string, object?>> Of(OperationFailed failed, string tenant,
        string? routingKey) =>
    [
        new(JobId, Excerpt.Of(failed.JobId, LongestName)),
        new(Code, failed.Code),
        new(Kind, failed.Kind.ToString().ToLowerInvariant()),
        new(Reason, Excerpt.Of(failed.Message, LongestReason)),
        new(Attempts, failed.Attempts),
        new(Model, Excerpt.Of(failed.Model ?? "", LongestName)),
        new(Tenant, Excerpt.Of(tenant, LongestName)),
        new(RoutingKey, routingKey ?? ""),
        new(FirstSeen, failed.FirstSeen.ToUnixTimeMilliseconds()),
        new(FailedAt, failed.FailedAt.ToUnixTimeMilliseconds()),
    ];

    public static string Text(IDictionary<string, object?>? headers, string name) =>
        headers?.TryGetValue(name, out var value) == true

        ? value is byte[] bytes
        ? Encoding.UTF8.GetString(bytes)
        : Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""
        : "";

    public static DateTimeOffset? Time(IDictionary<string, object?>? headers, string name) =>
        long.TryParse(Text(headers, name), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;
}
