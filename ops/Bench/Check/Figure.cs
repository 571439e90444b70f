namespace OpenAIWorker.Bench.Check;

/// <summary>One watched figure: the worker's value divided by the ceiling's, both from the same run.</summary>
/// <param name="Name">Its name in the stored ratios.</param>
/// <param name="Margin">The share by which it may be worse, about the machine's noise.</param>
/// <param name="IsBetterHigher">Whether a higher value is better.</param>
/// <param name="Of">Returns the value for a contestant's result.</param>
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

    /// <summary>Whether it is better by more than the noise: the stored ratio would then miss a regression.</summary>
    public bool IsStale(double ratio, double stored) =>
        IsBetterHigher ? ratio > stored * (1 + Margin) : ratio < stored * (1 - Margin);
}
