using System.Collections.Concurrent;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Delivery.Broker;

/// <summary>Whether the broker brings jobs: every endpoint has its consumer there.</summary>
sealed class BrokerConnectionState
{
    readonly ConcurrentDictionary<Uri, bool> consumers = new();
    int isAway;

    public BrokerConnectionState(WorkerMeter worker) =>
        worker.Meter.CreateObservableGauge("openai_worker.broker.up", () => IsUp ? 1d : 0, "{connection}",
            "1 while the worker has its consumers at its broker, else 0");

    public bool IsUp => !consumers.IsEmpty && consumers.Values.All(isThere => isThere);

    /// <summary>
    /// Whether the broker did not bring jobs for a minute although it answers, so that only a new start helps.
    /// </summary>
    public bool IsDeaf { get; set; }

    /// <summary>What the last try to reach it came to; null where there was none that failed.</summary>
    public string? Reason { get; private set; }

    /// <summary>
    /// An endpoint's consumer is there. Returns whether this is news: all are, and one was not before.
    /// </summary>
    public bool CameBack(Uri endpoint)
    {
        consumers[endpoint] = true;
        Reason = null;
        return IsUp && Interlocked.Exchange(ref isAway, 0) == 1;
    }

    /// <summary>An endpoint's consumer is gone, or was never there. Returns whether this is news.</summary>
    public bool WentAway(Uri endpoint, string? reason = null)
    {
        Ended(endpoint);
        Reason = reason;
        return Interlocked.Exchange(ref isAway, 1) == 0;
    }

    /// <summary>An endpoint's consumer has ended; it may be back in a moment.</summary>
    public void Ended(Uri endpoint) => consumers[endpoint] = false;

    /// <summary>An endpoint is left on purpose.</summary>
    public void Left(Uri endpoint) => consumers.TryRemove(endpoint, out _);
}
