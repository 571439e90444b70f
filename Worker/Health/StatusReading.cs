using System.Reflection;
using OpenAIWorker.Delivery.Credentials;
using OpenAIWorker.Limits;
using OpenAIWorker.Storage.Counts;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Health;

/// <summary>This worker's status, for the common register.</summary>
sealed class StatusReading(HealthReading health, CredentialPauses pauses, RateLimiter limiter, TimeProvider clock)
    : IWorkerStatus
{
    // Keeps the row small that every worker writes every few seconds.
    const int MostLimits = 100;

    static readonly string Version = typeof(StatusReading).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    public string Now() => Read().Written();

    public WorkerStatus Read()
    {
        var limits = limiter.Groups.Select(group => Of(group.Key, group.Value)).ToList();
        return new(Version, clock.GetUtcNow(), health.Read().Status, limits.Sum(limit => limit.Running),
            limits.Sum(limit => limit.Waiting), Credentials(),
            [.. limits.OrderByDescending(Weight).ThenBy(limit => limit.Group, StringComparer.Ordinal)
                .Take(MostLimits)]);
    }

    List<CredentialStatus> Credentials()
    {
        var paused = pauses.All.ToDictionary(pause => pause.Credential, StringComparer.OrdinalIgnoreCase);
        return [.. pauses.States.Select(state => paused.GetValueOrDefault(state.Credential) is { } pause
            ? new CredentialStatus(state.Credential, pause.Since, pause.IsOrdered ? null : pause.NextProbe,
                pause.IsOrdered ? CredentialHold.Ordered : pause.Cause.Code, PlainText.Line(pause.Cause.Message))
            : new(state.Credential, null, null, null, null))];
    }

    static LimitStatus Of(LimitKey key, LimitGroup group)
    {
        var ((requests, tokens), use, load) = (group.PerMinute, group.Use, group.Load);
        return new(key.Credential, PlainText.Name(key.Group), requests > 0 ? requests : null,
            tokens > 0 ? tokens : null, use.Requests, Math.Round(use.Tokens), use.Refused, load.Running, load.Waiting,
            Math.Round(group.Pause.TotalSeconds, 1));
    }

    static double Weight(LimitStatus limit) => limit.Requests + limit.Running + limit.Waiting;
}
