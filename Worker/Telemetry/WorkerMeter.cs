using System.Diagnostics.Metrics;

namespace OpenAIWorker.Telemetry;

/// <summary>The one meter of the worker. Its metrics, units and tags are in <c>docs/telemetry.md</c>.</summary>
sealed class WorkerMeter(IMeterFactory factory)
{
    public const string Name = "OpenAIWorker";

    /// <summary>Buckets in seconds for durations of milliseconds, such as a broker's confirmation.</summary>
    public static readonly IReadOnlyList<double> Short = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1,
        2.5, 5, 10];

    /// <summary>
    /// Buckets in seconds for a provider's calls: those of OpenTelemetry's conventions, and the longest calls here.
    /// </summary>
    public static readonly IReadOnlyList<double> Medium = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12,
        10.24, 20.48, 40.96, 81.92, 300, 600, 1500];

    /// <summary>Buckets in seconds for jobs that may wait a day in the broker.</summary>
    public static readonly IReadOnlyList<double> Long = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900,
        3600, 14400, 86400];

    public Meter Meter { get; } = factory.Create(Name);
}
