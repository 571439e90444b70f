using OpenAIWorker.Rig;

namespace OpenAIWorker.Bench.Throughput;

/// <summary>All rounds. The contestants run in turn, so a disturbance affects both.</summary>
static class ThroughputRun
{
    // In requests a minute, for calls of any size: more than any machine can do.
    const double Far = 10_000_000;

    const double NearMargin = 1.1;

    /// <summary>The worker and what it is compared with.</summary>
    /// <param name="site">The broker.</param>
    /// <param name="program">A published worker. Null: the one built beside this program.</param>
    /// <param name="storage">The database of the worker's records. Null: none, and the ceiling is compared.</param>
    public static (Contestant Ceiling, Contestant Worker) Pair(Site site, string? program, string? storage)
    {
        var broker = Broker.UriAt(site.Broker.Addresses[0].Port);
        var plain = Contestant.Worker(broker, program);
        return storage is null
            ? (Contestant.Ceiling(broker), plain)
            : (plain, Contestant.WithRecords(broker, storage, program));
    }

    public static async Task Run(Site site, (Contestant Ceiling, Contestant Worker) pair, IReadOnlyList<Round> rounds,
        IReadOnlyList<Distance> distances, int repeat, bool isSpeedOnly, CancellationToken cancellation)
    {
        var (ceiling, worker) = pair;
        var (speeds, costs) = (new List<IReadOnlyList<string>>(), new List<IReadOnlyList<string>>());
        var rates = new List<(Round Round, double PerSecond)>();
        foreach (var round in rounds)
        {
            var (hand, own) = await Distances(site, ceiling, worker, round, distances, repeat, cancellation);
            speeds.AddRange([Speed(round, ceiling, hand, null), Speed(round, worker, own, hand)]);
            costs.AddRange([Cost(round, ceiling, hand), Cost(round, worker, own)]);
            rates.Add((round, own[0].PerSecond));
        }
        var limits = distances.Select(distance => $"limits {distance}".ToLowerInvariant()).ToList();
        Console.WriteLine("Jobs per second, and what part of the ceiling that is.");
        MarkdownTable.Write(["provider", "at once", "call", "", .. limits], speeds);
        Console.WriteLine();
        Console.WriteLine($"What they cost, with {string.Join(" / ", limits)}.");
        MarkdownTable.Write(["provider", "at once", "call", "", "CPU s per 1,000", "peak RSS MB",
            "KB allocated per job", "start to first job s"], costs);

        var steady = new List<IReadOnlyList<string>>();
        foreach (var (round, perSecond) in rates.Where(rate => !isSpeedOnly && rate.Round.Latency > TimeSpan.Zero))
            steady.AddRange(await Steady(site, ceiling, worker, round, perSecond, repeat, cancellation));
        if (steady.Count == 0)
            return;
        Console.WriteLine();
        WriteSteady(steady);
    }

    /// <summary>Only the time outside of calls, at given rates.</summary>
    public static async Task Steady(Site site, (Contestant Ceiling, Contestant Worker) pair,
        IReadOnlyList<Round> rounds, IReadOnlyList<double> rates, int repeat, CancellationToken cancellation)
    {
        var steady = new List<IReadOnlyList<string>>();
        foreach (var (round, rate) in from round in rounds from rate in rates select (round, rate))
            steady.AddRange(await AtRate(site, pair.Ceiling, pair.Worker, round, rate, repeat, cancellation));
        WriteSteady(steady);
    }

    static void WriteSteady(List<IReadOnlyList<string>> steady) =>
        MarkdownTable.Write(["at half load", "at once", "call", "jobs/s", "ms outside of the call, p50", "p99",
            "beyond the ceiling, p50", "p99"], steady);

    /// <summary>A round whose provider reports limits at this distance.</summary>
    /// <param name="round">The round.</param>
    /// <param name="distance">How far away they are.</param>
    /// <param name="used">Jobs per second of the worker, if known.</param>
    public static Round With(Round round, Distance distance, double used) => round with
    {
        Limits = distance,
        PerMinute = distance == Distance.Near ? used * 60 * NearMargin : Far,
    };

    static async Task<(List<Reached> Ceiling, List<Reached> Worker)> Distances(Site site, Contestant ceiling,
        Contestant worker, Round round, IReadOnlyList<Distance> distances, int repeat, CancellationToken cancellation)
    {
        var (hand, own) = (new List<Reached>(), new List<Reached>());
        foreach (var distance in distances)
        {
            // A near limit depends on the worker's throughput.
            var used = distance != Distance.Near ? 0 : own.Count > 0
                ? own[^1].PerSecond
                : (await Race.Run(site, worker, worker, With(round, Distance.Far, 0), cancellation)).PerSecond;
            var (one, other) = await Both(site, ceiling, worker, With(round, distance, used), repeat, cancellation);
            hand.Add(one);
            own.Add(other);
        }
        return (hand, own);
    }

    /// <summary>Runs both contestants in turn, several times.</summary>
    /// <returns>The medians.</returns>
    public static async Task<(Reached Ceiling, Reached Worker)> Both(Site site, Contestant ceiling, Contestant worker,
        Round round, int repeat, CancellationToken cancellation)
    {
        var (hand, own) = (new List<Reached>(), new List<Reached>());
        while (own.Count < repeat)
        {
            hand.Add(await Race.Run(site, ceiling, worker, round, cancellation));
            own.Add(await Race.Run(site, worker, worker, round, cancellation));
            await Console.Error.WriteLineAsync(
                $"{round.Latency.TotalMilliseconds} ms, {round.Concurrency} at once, {round.Call}, limits "
                    + $"{round.Limits}: {hand[^1].PerSecond:0} and {own[^1].PerSecond:0} jobs/s");
        }
        return (Reached.Median(hand), Reached.Median(own));
    }

    // Medians of runs in turn: in a single run, the slowest hundredth may be the machine's fault as much as the
    // contestant's.
    static async Task<IReadOnlyList<IReadOnlyList<string>>> Steady(
        Site site, Contestant ceiling, Contestant worker, Round round, double offered, int repeat,
        CancellationToken cancellation)
    {
        var perSecond = await HalfLoad.Most(site, worker, worker, round, offered, cancellation) / 2;
        return await AtRate(site, ceiling, worker, round, perSecond, repeat, cancellation);
    }

    static async Task<IReadOnlyList<IReadOnlyList<string>>> AtRate(
        Site site, Contestant ceiling, Contestant worker, Round round, double perSecond, int repeat,
        CancellationToken cancellation)
    {
        var (hand, own) = (new List<Added>(), new List<Added>());
        while (own.Count < repeat)
        {
            hand.Add(await Measure(ceiling));
            own.Add(await Measure(worker));
            await Console.Error.WriteLineAsync($"{perSecond:0} jobs/s: {hand[^1]} and {own[^1]}");
        }
        var (least, most) = (Added.MedianOf(hand), Added.MedianOf(own));
        return
        [
            [ceiling.Name, $"{round.Concurrency}", $"{round.Call}", $"{perSecond:0}", $"{least.Median:0.0}",
                $"{least.Slow:0.0}", "", ""],
            [worker.Name, $"{round.Concurrency}", $"{round.Call}", $"{perSecond:0}", $"{most.Median:0.0}",
                $"{most.Slow:0.0}", $"{most.Median - least.Median:0.0}", $"{most.Slow - least.Slow:0.0}"],
        ];

        async Task<Added> Measure(Contestant contestant) =>
            Added.Of(await HalfLoad.Run(site, contestant, worker, round, perSecond, cancellation));
    }

    static IReadOnlyList<string> Speed(Round round, Contestant contestant, List<Reached> reached,
        List<Reached>? ceiling) =>
    [
        $"{round.Latency.TotalMilliseconds} ms", $"{round.Concurrency}", $"{round.Call}", contestant.Name,
        .. reached.Select((one, index) => ceiling is null
            ? $"{one.PerSecond:0}"
            : $"{one.PerSecond:0} ({one.PerSecond / ceiling[index].PerSecond:0%})"),
    ];

    static IReadOnlyList<string> Cost(Round round, Contestant contestant, List<Reached> reached) =>
    [
        $"{round.Latency.TotalMilliseconds} ms", $"{round.Concurrency}", $"{round.Call}", contestant.Name,
        Each(reached, one => $"{one.CpuPerThousand:0.00}"), Each(reached, one => $"{one.Memory / 1e6:0}"),
        Each(reached, one => $"{one.Allocated / 1e3:0.0}"), $"{reached[0].FirstJob.TotalSeconds:0.00}",
    ];

    static string Each(List<Reached> reached, Func<Reached, string> figure) =>
        string.Join(" / ", reached.Select(figure));
}
