namespace OpenAIWorker.Bench.Throughput;

/// <summary>The time that a contestant added to its calls in a run at half load, in milliseconds.</summary>
/// <param name="Median">Half of the jobs took no longer.</param>
/// <param name="Slow">All but a hundredth took no longer.</param>
sealed record Added(double Median, double Slow)
{
    public static Added Of(IReadOnlyList<double> milliseconds) =>
        new(Rank.Median(milliseconds), Rank.Of(milliseconds, 0.99));

    public static Added MedianOf(IReadOnlyList<Added> runs) =>
        new(Rank.Median(runs.Select(run => run.Median)), Rank.Median(runs.Select(run => run.Slow)));

    public override string ToString() => $"{Median:0.0} ms, p99 {Slow:0.0} ms";
}
