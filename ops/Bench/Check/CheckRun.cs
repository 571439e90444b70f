using OpenAIWorker.Bench.Throughput;
using OpenAIWorker.Rig;

namespace OpenAIWorker.Bench.Check;

/// <summary>A few short rounds, whose figures are held to those that are stored.</summary>
static class CheckRun
{
    // Three pairs of runs. While one figure does not pass, two more: noise goes with more runs, a loss stays.
    const int Repeat = 3;
    const int More = 2;
    const int Most = 7;
    const ushort AtOnce = 128;

    // Small calls, where the worker's own work is most of it, and large ones, where copies of a body show.
    static readonly IReadOnlyList<Round> Rounds =
    [
        ThroughputRun.With(Round.Of(0, AtOnce, 16_000, new(false, 300)), Distance.Far, 0),
        ThroughputRun.With(Round.Of(0, AtOnce, 6_000, new(false, 20_000)), Distance.Far, 0),
    ];

    /// <returns>Whether nothing is worse than it was.</returns>
    public static async Task<bool> Run(Site site, string? program, bool isUpdate, CancellationToken cancellation)
    {
        var broker = Broker.UriAt(site.Broker.Addresses[0].Port);
        var (ceiling, worker) = (Contestant.Ceiling(broker), Contestant.Worker(broker, program));
        var (stored, now) = (StoredFigures.Read(), new Dictionary<string, Dictionary<string, double>>());
        var (rows, passes) = (new List<IReadOnlyList<string>>(), true);
        foreach (var round in Rounds)
        {
            var name = $"{AtOnce} at once, {round.Call}";
            var before = stored.GetValueOrDefault(name) ?? [];
            var pairs = new List<Pair>();
            do
            {
                for (var more = pairs.Count == 0 ? Repeat : More; more > 0; more--)
                    pairs.Add(await Next(site, ceiling, worker, round, cancellation));
            }
            while (!isUpdate && pairs.Count < Most && Figure.All.Any(figure => !Passes(figure, pairs, before)));
            now[name] = Figure.All.ToDictionary(figure => figure.Name, figure => Math.Round(figure.Median(pairs), 2));
            foreach (var figure in Figure.All)
            {
                passes &= isUpdate || Passes(figure, pairs, before);
                rows.Add(Row(name, figure, pairs, isUpdate ? null : before));
            }
        }
        MarkdownTable.Write(["round", "figure", "pairs", "from", "to", "median", "stored", "bound", ""], rows);
        if (isUpdate)
            StoredFigures.Write(now);
        return passes;
    }

    static async Task<Pair> Next(Site site, Contestant ceiling, Contestant worker, Round round,
        CancellationToken cancellation)
    {
        var pair = new Pair(await Race.Run(site, ceiling, worker, round, cancellation),
            await Race.Run(site, worker, worker, round, cancellation));
        await Console.Error.WriteLineAsync($"{round.Call}: {string.Join("; ",
            Figure.All.Select(figure => $"{figure.Name} {figure.Of(pair):0.00}"))}");
        return pair;
    }

    // A figure that is new is shown until it is stored.
    static bool Passes(Figure figure, List<Pair> pairs, Dictionary<string, double> stored) =>
        !stored.TryGetValue(figure.Name, out var was) || figure.Passes(figure.Median(pairs), was);

    static IReadOnlyList<string> Row(string round, Figure figure, List<Pair> pairs, Dictionary<string, double>? stored)
    {
        var median = figure.Median(pairs);
        double? was = stored is not null && stored.TryGetValue(figure.Name, out var known) ? known : null;
        return
        [
            round, figure.Name, $"{pairs.Count}", $"{pairs.Min(figure.Of):0.00}", $"{pairs.Max(figure.Of):0.00}",
            $"{median:0.00}", $"{was:0.00}", was is { } before ? $"{figure.Bound(before):0.00}" : "",
            stored is null ? "stored" : Judge(figure, median, was),
        ];
    }

    static string Judge(Figure figure, double now, double? stored) => stored switch
    {
        null => "not stored: run with --update",
        { } was when !figure.Passes(now, was) => "WORSE",
        { } was when figure.IsStale(now, was) => "better: store it with --update",
        _ => "as it was",
    };
}
