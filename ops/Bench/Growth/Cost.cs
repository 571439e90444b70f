using OpenAIWorker.Rig;

namespace OpenAIWorker.Bench.Growth;

/// <summary>What a number of jobs took.</summary>
/// <param name="First">From the start of the workers, or of the publishing, to the first ending.</param>
/// <param name="Jobs">Jobs that ended.</param>
/// <param name="Time">In this time, after the first.</param>
/// <param name="Workers">Processor time of all workers.</param>
/// <param name="Memory">The greatest peak memory of a worker.</param>
/// <param name="Broker">Processor time of the broker.</param>
/// <param name="BrokerMemory">What the broker held at the end.</param>
/// <param name="Queues">The broker's queues at the end.</param>
sealed record Cost(TimeSpan First, long Jobs, TimeSpan Time, TimeSpan Workers, long Memory, TimeSpan Broker,
    long BrokerMemory, int Queues)
{
    public static readonly IReadOnlyList<string> Heads =
        ["first job s", "jobs", "jobs/s", "worker CPU s per 1,000", "worker peak RSS MB", "broker CPU s per 1,000",
            "broker RSS MB", "queues"];

    public IReadOnlyList<string> Cells() =>
    [
        $"{First.TotalSeconds:0.0}", $"{Jobs:#,0}", $"{Jobs / Time.TotalSeconds:#,0}",
        $"{Workers.TotalSeconds / Jobs * 1_000:0.00}", $"{Memory / 1e6:0}",
        $"{Broker.TotalSeconds / Jobs * 1_000:0.00}", $"{BrokerMemory / 1e6:0}", $"{Queues:#,0}",
    ];

    /// <summary>Processor time and peak memory of workers until now.</summary>
    public static (TimeSpan Time, long Peak) Of(IReadOnlyList<WorkerProcess> workers) =>
        (TimeSpan.FromTicks(workers.Sum(worker => worker.ProcessorTime.Ticks)),
            workers.Max(worker => worker.PeakMemory));
}
