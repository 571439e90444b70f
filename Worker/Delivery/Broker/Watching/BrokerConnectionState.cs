using System.Collections.Concurrent;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Delivery.Broker.Watching;

/// <summary>Whether the broker delivers jobs: every endpoint has its consumer.</summary>
sealed class BrokerConnectionState
{
    readonly ConcurrentDictionary<Uri, bool> consumers = new();
    int isAway;

    public BrokerConnectionState(WorkerMeter worker) =>
        worker.Meter.CreateObservableGauge("openai_worker.broker.up", () => IsUp ? 1d : 0, "{connection}",
            "1 while the worker has its consumers on the broker; else 0");

    public bool IsUp => !consumers.IsEmpty && consumers.Values.All(isThere => isThere);

    /// <summary>
    /// Whether the broker has not delivered jobs for a minute although it answers, so that only a restart helps.
    /// </summary>
    public bool IsDeaf { get; set; }

    /// <summary>The result of the last failed attempt to connect; null if none failed.</summary>
    public string? Reason { get; private set; }

    /// <summary>
    /// An endpoint's consumer has started. Returns whether the state changed: all consumers are there, and one was
    /// missing before.
    /// </summary>
    public bool CameBack(Uri endpoint)
    {
        consumers[endpoint] = true;
        Reason = null;
        return IsUp && Interlocked.Exchange(ref isAway, 0) == 1;
    }

    /// <summary>An endpoint's consumer is gone, or never started. Returns whether the state changed.</summary>
    public bool WentAway(Uri endpoint, string? reason = null)
    {
        Ended(endpoint);
        Reason = reason;
        return Interlocked.Exchange(ref isAway, 1) == 0;
    }

    /// <summary>An endpoint's consumer has ended; it may return in a moment.</summary>
    public void Ended(Uri endpoint) => consumers[endpoint] = false;

    /// <summary>An endpoint was stopped on purpose.</summary>
    public void Left(Uri endpoint) => consumers.TryRemove(endpoint, out _);
}
