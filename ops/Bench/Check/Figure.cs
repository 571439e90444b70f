using OpenAIWorker.Bench.Throughput;

namespace OpenAIWorker.Bench.Check;

/// <summary>One thing that is watched, in pairs of runs: the ceiling's, and the worker's right after it.</summary>
/// <param name="Name">As the stored figures name it.</param>
/// <param name="Margin">By what part it may be worse than it was, which is as much as the machine's noise.</param>
/// <param name="IsBetterHigher">Whether more is better.</param>
/// <param name="Of">The figure of a pair.</param>
sealed record Figure(string Name, double Margin, bool IsBetterHigher, Func<Pair, double> Of)
{
    public static readonly IReadOnlyList<Figure> All =
    [
        Ratio("jobs per second", 0.2, true, reached => reached.PerSecond),
        Ratio("CPU per job", 0.2, false, reached => reached.CpuPerThousand),
        Ratio("peak memory", 0.25, false, reached => reached.Memory),
        // The same on every machine and under any load, so it needs no ceiling.
        new("KB allocated per job", 0.1, false, pair => pair.Worker.Allocated / 1e3),
    ];

    /// <summary>
    /// The median of the pairs' figures: what disturbs both runs of a pair changes no ratio, and what disturbs one
    /// changes one of several.
    /// </summary>
    public double Median(IEnumerable<Pair> pairs) => Rank.Median(pairs.Select(Of));

    /// <summary>The worst figure that passes.</summary>
    public double Bound(double stored) => IsBetterHigher ? stored * (1 - Margin) : stored * (1 + Margin);

    public bool Passes(double now, double stored) => IsBetterHigher ? now >= Bound(stored) : now <= Bound(stored);

    /// <summary>Better by more than the noise, so that what is stored would let a fall back pass.</summary>
    public bool IsStale(double now, double stored) =>
        IsBetterHigher ? now > stored * (1 + Margin) : now < stored * (1 - Margin);

    static Figure Ratio(string name, double margin, bool isBetterHigher, Func<Reached, double> of) =>
        new($"{name}, of the ceiling's", margin, isBetterHigher, pair => of(pair.Worker) / of(pair.Ceiling));
}

/// <summary>Two runs, one right after the other.</summary>
sealed record Pair(Reached Ceiling, Reached Worker);
