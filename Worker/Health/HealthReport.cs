using System.Text.Json.Serialization;

namespace OpenAIWorker.Health;

/// <summary>How the worker is. No address, key or text of a job is in it.</summary>
/// <param name="Status"><c>ready</c>, <c>degraded</c> (some jobs wait), <c>unready</c> (no job can be called) or
/// <c>stopping</c>.</param>
/// <param name="Broker"><c>up</c>, <c>away</c>, or <c>blocked</c> because its memory or disk is full.</param>
/// <param name="Credentials">Every credential.</param>
/// <param name="Limiter">The calls.</param>
/// <param name="Stores">The stores that cannot be used; omitted where all can.</param>
sealed record HealthReport(string Status, string Broker, IReadOnlyList<CredentialHealth> Credentials,
    LimiterHealth Limiter, IReadOnlyList<StoreHealth>? Stores = null)
{
    /// <summary>
    /// Events of the last ten minutes that a subscriber's queue refused. Absent where there were none.
    /// </summary>
    public RefusedHealth? RefusedEvents { get; init; }

    [JsonIgnore]
    public bool IsReady => Status is HealthWords.Ready or HealthWords.Degraded;
}

/// <param name="Name">Its name in the settings.</param>
/// <param name="Status"><c>working</c>, or <c>paused</c> because the provider refuses it or an operator paused
/// it.</param>
/// <param name="Since">Since when it is paused.</param>
/// <param name="NextProbe">When it is tried again.</param>
sealed record CredentialHealth(string Name, string Status, DateTimeOffset? Since, DateTimeOffset? NextProbe);

/// <param name="Name"><c>database</c> or <c>payloads</c>.</param>
/// <param name="Status"><c>away</c>, and its jobs wait; or <c>refused</c>, and its jobs fail.</param>
/// <param name="Reason">Why.</param>
sealed record StoreHealth(string Name, string Status, string Reason);

/// <param name="Exchange">The exchange to which, or behind which, that queue is bound.</param>
/// <param name="Count">How many since the worker started.</param>
/// <param name="Last">When the last one was refused.</param>
sealed record RefusedHealth(string Exchange, long Count, DateTimeOffset Last);

/// <param name="Running">Calls that run.</param>
/// <param name="Waiting">Jobs that wait in memory for their turn.</param>
/// <param name="CoolingDown">Limit groups that make no calls for now, because the provider wants a pause.</param>
sealed record LimiterHealth(int Running, int Waiting, IReadOnlyList<CoolingGroup> CoolingDown);

/// <param name="Credential">Its credential.</param>
/// <param name="Group">Its name.</param>
/// <param name="Seconds">How long the pause still is.</param>
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
