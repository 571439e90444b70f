namespace OpenAIWorker.Bench.Throughput;

/// <summary>What a contestant reached in a round.</summary>
/// <param name="PerSecond">Jobs per second, over the last three quarters of the jobs.</param>
/// <param name="CpuPerThousand">Seconds of processor time per 1,000 of these jobs.</param>
/// <param name="Memory">The peak memory, in bytes.</param>
/// <param name="Allocated">Allocated bytes per job.</param>
/// <param name="FirstJob">From the start of the process to the first ending.</param>
sealed record Reached(double PerSecond, double CpuPerThousand, long Memory, double Allocated, TimeSpan FirstJob)
{
    public static Reached Median(IReadOnlyList<Reached> runs) => new(
        Rank.Median(runs.Select(run => run.PerSecond)), Rank.Median(runs.Select(run => run.CpuPerThousand)),
        (long)Rank.Median(runs.Select(run => (double)run.Memory)), Rank.Median(runs.Select(run => run.Allocated)),
        TimeSpan.FromSeconds(Rank.Median(runs.Select(run => run.FirstJob.TotalSeconds))));
}
