using System.Diagnostics.Metrics;

namespace OpenAIWorker.Telemetry;

/// <summary>The one meter of the worker. What it measures, with units and tags, is in <c>ops/metrics.md</c>.</summary>
sealed class WorkerMeter(IMeterFactory factory)
{
    public const string Name = "OpenAIWorker";

    public Meter Meter { get; } = factory.Create(Name);
}
