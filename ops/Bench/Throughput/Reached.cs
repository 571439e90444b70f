namespace OpenAIWorker.Bench.Throughput;

/// <summary>What a contestant reached in a round.</summary>
/// <param name="PerSecond">Jobs per second, of the last three quarters of the jobs.</param>
/// <param name="CpuPerThousand">Seconds of processor time for 1,000 of them.</param>
/// <param name="Memory">The most bytes it held.</param>
/// <param name="Allocated">Bytes that it allocated for each of them.</param>
/// <param name="FirstJob">From the start of the process to the first ending.</param>
sealed record Reached(double PerSecond, double CpuPerThousand, long Memory, double Allocated, TimeSpan FirstJob)
{
    public static Reached Median(IReadOnlyList<Reached> runs) => new(
        Rank.Median(runs.Select(run => run.PerSecond)), Rank.Median(runs.Select(run => run.CpuPerThousand)),
        (long)Rank.Median(runs.Select(run => (double)run.Memory)), Rank.Median(runs.Select(run => run.Allocated)),
        TimeSpan.FromSeconds(Rank.Median(runs.Select(run => run.FirstJob.TotalSeconds))));
}
