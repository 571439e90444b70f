using Microsoft.Extensions.Hosting;
using OpenAIWorker.Delivery.Broker.Watching;
using OpenAIWorker.Delivery.Credentials;
using OpenAIWorker.Delivery.Events;
using OpenAIWorker.Limits;
using OpenAIWorker.Storage;

namespace OpenAIWorker.Health;

/// <summary>Reads the health of the worker's parts.</summary>
sealed class HealthReading(BrokerConnectionState broker, BrokerAlarm alarm, CredentialPauses pauses,
    RateLimiter limiter, StoreStates stores, EventRefusals refusals, IHostApplicationLifetime host)
{
    // A provider may have hundreds of models; the first few are enough.
    const int MostGroups = 20;

    public HealthReport Read()
    {
        var credentials = pauses.States.Select(state => new CredentialHealth(
            state.Credential, state.PausedSince is null ? HealthWords.Working : HealthWords.Paused, state.PausedSince,
            state.NextProbe)).ToList();
        var calls = Limiter();
        var broken = Stores();
        var refused = refusals.Lately;
        return new(Status(credentials, calls, broken.Count > 0 || refused is not null), Broker(), credentials, calls,
            broken.Count > 0 ? broken : null)
        {
            RefusedEvents = refused is null ? null : new(refused.Exchange, refused.Count, refused.Last),
        };
    }

    /// <summary>Whether the worker must be restarted.</summary>
    public bool IsDead => broker.IsDeaf;

    // During the start some consumers exist, and others do not.
    bool HasConsumers => broker.IsUp && host.ApplicationStarted.IsCancellationRequested;

    string Broker() => !HasConsumers ? HealthWords.Away : alarm.IsOn ? HealthWords.Blocked : HealthWords.Up;

    string Status(List<CredentialHealth> credentials, LimiterHealth calls, bool isSomethingBroken)
    {
        if (host.ApplicationStopping.IsCancellationRequested)
            return HealthWords.Stopping;
        if (!HasConsumers || alarm.IsOn || credentials.TrueForAll(IsPaused))
            return HealthWords.Unready;
        return isSomethingBroken || credentials.Exists(IsPaused) || calls.CoolingDown.Count > 0
            ? HealthWords.Degraded
            : HealthWords.Ready;
    }

    static bool IsPaused(CredentialHealth credential) => credential.Status == HealthWords.Paused;

    List<StoreHealth> Stores() =>
        [.. stores.Broken.Select(broken =>
            new StoreHealth(broken.Store, broken.Fault.IsForGood ? HealthWords.Refused : HealthWords.Away,
                broken.Fault.Why))];

    LimiterHealth Limiter()
    {
        var groups = limiter.Groups.Select(group => (group.Key, group.Value.Load, group.Value.Pause)).ToList();
        return new(
            groups.Sum(group => group.Load.Running),
            groups.Sum(group => group.Load.Waiting),
            [.. groups.Where(group => group.Pause > TimeSpan.Zero).Take(MostGroups).Select(group =>
                new CoolingGroup(group.Key.Credential, group.Key.Group, Math.Round(group.Pause.TotalSeconds, 1)))]);
    }
}
