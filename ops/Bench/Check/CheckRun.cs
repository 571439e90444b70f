using OpenAIWorker.Bench.Throughput;
using OpenAIWorker.Rig;

namespace OpenAIWorker.Bench.Check;

/// <summary>A few short rounds. Their ratios to the ceiling are compared with the stored ones.</summary>
static class CheckRun
{
    const int Repeat = 3;
    const ushort AtOnce = 128;

    // Small calls, in which the worker's own work dominates, and large ones, in which copies of a body show.
    static readonly IReadOnlyList<Round> Rounds =
    [
        ThroughputRun.With(Round.Of(0, AtOnce, 12_000, new(false, 300)), Distance.Far, 0),
        ThroughputRun.With(Round.Of(0, AtOnce, 4_000, new(false, 20_000)), Distance.Far, 0),
    ];

    /// <returns>Whether nothing is worse than before.</returns>
    public static async Task<bool> Run(Site site, string? program, bool isUpdate, CancellationToken cancellation)
    {
        var broker = Broker.UriAt(site.Broker.Addresses[0].Port);
        var (stored, now) = (StoredRatios.Read(), new Dictionary<string, Dictionary<string, double>>());
        var (rows, passes) = (new List<IReadOnlyList<string>>(), true);
        foreach (var round in Rounds)
        {
            var name = $"{AtOnce} at once, {round.Call}";
            var (ceiling, worker) = await ThroughputRun.Both(site, Contestant.Ceiling(broker),
                Contestant.Worker(broker, program), round, Repeat, cancellation);
            now[name] = Figure.All.ToDictionary(figure => figure.Name,
                figure => Math.Round(figure.Ratio(ceiling, worker), 2));
            foreach (var figure in Figure.All)
            {
                double? was = stored.GetValueOrDefault(name)?.GetValueOrDefault(figure.Name);
                var (text, isFine) = isUpdate ? ("stored", true) : Judge(figure, now[name][figure.Name], was);
                passes &= isFine;
                rows.Add([name, figure.Name, $"{figure.Of(ceiling):0.##}", $"{figure.Of(worker):0.##}",
                    $"{now[name][figure.Name]:0.00}", $"{was:0.00}",
                    was is { } bound ? $"{figure.Bound(bound):0.00}" : "", text]);
            }
        }
        MarkdownTable.Write(["round", "figure", "ceiling", "worker", "ratio", "stored", "bound", ""], rows);
        if (isUpdate)
            StoredRatios.Write(now);
        return passes;
    }

    static (string Text, bool IsFine) Judge(Figure figure, double ratio, double? stored) => stored switch
    {
        null => ("not stored: run with --update", false),
        { } was when !figure.Passes(ratio, was) => ("WORSE", false),
        { } was when figure.IsStale(ratio, was) => ("better: store it with --update", true),
        _ => ("as it was", true),
    };
}
