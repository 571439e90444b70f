namespace OpenAIWorker.Bench.Check;

/// <summary>One thing that is watched: the worker's figure divided by the ceiling's, both of the same run.</summary>
/// <param name="Name">As the stored ratios name it.</param>
/// <param name="Margin">By what part it may be worse than it was, which is as much as the machine's noise.</param>
/// <param name="IsBetterHigher">Whether more is better.</param>
/// <param name="Of">The figure of what a contestant reached.</param>
sealed record Figure(string Name, double Margin, bool IsBetterHigher, Func<Throughput.Reached, double> Of)
{
    public static readonly IReadOnlyList<Figure> All =
    [
        new("jobs per second", 0.25, true, reached => reached.PerSecond),
        new("CPU per job", 0.25, false, reached => reached.CpuPerThousand),
        new("peak memory", 0.25, false, reached => reached.Memory),
        new("bytes allocated per job", 0.1, false, reached => reached.Allocated),
    ];

    public double Ratio(Throughput.Reached ceiling, Throughput.Reached worker) => Of(worker) / Of(ceiling);

    /// <summary>The worst ratio that passes.</summary>
    public double Bound(double stored) => IsBetterHigher ? stored * (1 - Margin) : stored * (1 + Margin);

    public bool Passes(double ratio, double stored) =>
        IsBetterHigher ? ratio >= Bound(stored) : ratio <= Bound(stored);

    /// <summary>Better by more than the noise, so that what is stored would let a fall back pass.</summary>
    public bool IsStale(double ratio, double stored) =>
        IsBetterHigher ? ratio > stored * (1 + Margin) : ratio < stored * (1 - Margin);
}
