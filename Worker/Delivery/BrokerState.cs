using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Delivery;

/// <summary>Whether the broker brings jobs, as the endpoints last saw it.</summary>
sealed class BrokerState
{
    const int Up = 1;
    const int Away = 2;
    int state;

    public BrokerState(WorkerMeter worker) =>
        worker.Meter.CreateObservableGauge("openai_worker.broker.up", () => IsUp ? 1d : 0, "{connection}", "1 while the worker is connected to its broker, else 0");

    public bool IsUp => Volatile.Read(ref state) == Up;

    /// <summary>Whether this is news: it was away before.</summary>
    public bool CameBack() => Interlocked.Exchange(ref state, Up) == Away;

    /// <summary>Whether this is news.</summary>
    public bool WentAway() => Interlocked.Exchange(ref state, Away) != Away;
}
