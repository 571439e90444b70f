using System.Text.Json.Serialization;

namespace OpenAIWorker.Health;

/// <summary>The worker's health. It contains no address, key or text of a job.</summary>
/// <param name="Status"><c>ready</c>, <c>degraded</c> (some jobs wait), <c>unready</c> (no job can be called) or
/// <c>stopping</c>.</param>
/// <param name="Broker"><c>up</c>, <c>away</c>, or <c>blocked</c> because its memory or disk is full.</param>
/// <param name="Credentials">All credentials.</param>
/// <param name="Limiter">The running and waiting calls.</param>
/// <param name="Stores">The stores that cannot be used; omitted if all can.</param>
sealed record HealthReport(string Status, string Broker, IReadOnlyList<CredentialHealth> Credentials,
    LimiterHealth Limiter, IReadOnlyList<StoreHealth>? Stores = null)
{
    /// <summary>Events of the last ten minutes that a subscriber's queue refused. Omitted if there were none.</summary>
    public RefusedHealth? RefusedEvents { get; init; }

    [JsonIgnore]
    public bool IsReady => Status is HealthWords.Ready or HealthWords.Degraded;
}

/// <param name="Name">Its name in the settings.</param>
/// <param name="Status"><c>working</c>, or <c>paused</c> because the provider refuses it or an operator paused
/// it.</param>
/// <param name="Since">Since when it is paused.</param>
/// <param name="NextProbe">When it is tested next.</param>
sealed record CredentialHealth(string Name, string Status, DateTimeOffset? Since, DateTimeOffset? NextProbe);

/// <param name="Name"><c>database</c> or <c>payloads</c>.</param>
/// <param name="Status"><c>away</c> (its jobs wait) or <c>refused</c> (its jobs fail).</param>
/// <param name="Reason">The reason.</param>
sealed record StoreHealth(string Name, string Status, string Reason);

/// <param name="Exchange">The exchange of the last one. The queue is bound to it, or to an exchange behind it.</param>
/// <param name="Count">The number since the worker started.</param>
/// <param name="Last">When the last one was refused.</param>
sealed record RefusedHealth(string Exchange, long Count, DateTimeOffset Last);

/// <param name="Running">Running calls.</param>
/// <param name="Waiting">Jobs that wait in memory for their turn.</param>
/// <param name="CoolingDown">Limit groups that make no calls at the moment, because the provider asked for a
/// pause.</param>
sealed record LimiterHealth(int Running, int Waiting, IReadOnlyList<CoolingGroup> CoolingDown);

/// <param name="Credential">Its credential.</param>
/// <param name="Group">Its name.</param>
/// <param name="Seconds">The rest of the pause.</param>
sealed record CoolingGroup(string Credential, string Group, double Seconds);

static class HealthWords
{
    public const string Ready = "ready";
    public const string Degraded = "degraded";
    public const string Unready = "unready";
    public const string Stopping = "stopping";
    public const string Up = "up";
    public const string Away = "away";
    public const string Refused = "refused";
    public const string Blocked = "blocked";
    public const string Working = "working";
    public const string Paused = "paused";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HealthReport))]
sealed partial class HealthJson : JsonSerializerContext;
