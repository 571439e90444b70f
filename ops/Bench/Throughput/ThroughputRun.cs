using OpenAIWorker.Rig;

namespace OpenAIWorker.Bench.Throughput;

/// <summary>All rounds, contestant after contestant, so that what disturbs one disturbs the other.</summary>
static class ThroughputRun
{
    public static async Task Run(Site site, IReadOnlyList<Round> rounds, int repeat, string? program,
        bool isOfRecords, CancellationToken cancellation)
    {
        var broker = Broker.UriAt(site.Broker.Addresses[0].Port);
        var plain = Contestant.Worker(broker, program);
        var (ceiling, worker) = isOfRecords
            ? (plain, Contestant.WithRecords(broker, program))
            : (Contestant.Ceiling(broker), plain);
        var (rows, rates) = (new List<IReadOnlyList<string>>(), new List<(Round Round, double PerSecond)>());
        foreach (var round in rounds)
        {
            var (hand, own) = await Both(site, ceiling, worker, round, repeat, cancellation);
            rows.AddRange([Row(round, ceiling, hand, hand), Row(round, worker, own, hand)]);
            rates.Add((round, own.PerSecond));
        }
        MarkdownTable.Write(["provider", "at once", "", "jobs/s", "of the ceiling", "CPU s per 1,000", "peak RSS MB",
            "start to first job s"], rows);

        var steady = new List<IReadOnlyList<string>>();
        foreach (var (round, perSecond) in rates.Where(rate => rate.Round.Latency > TimeSpan.Zero))
            steady.AddRange(await Steady(site, ceiling, worker, round, perSecond, repeat, cancellation));
        if (steady.Count == 0)
            return;
        Console.WriteLine();
        MarkdownTable.Write(["at half load", "at once", "jobs/s", "ms outside of the call, p50", "p99",
            "beyond the ceiling, p50", "p99"], steady);
    }

    static async Task<(Reached Ceiling, Reached Worker)> Both(Site site, Contestant ceiling, Contestant worker,
        Round round, int repeat, CancellationToken cancellation)
    {
        var (hand, own) = (new List<Reached>(), new List<Reached>());
        while (own.Count < repeat)
        {
            hand.Add(await Race.Run(site, ceiling, worker, round, cancellation));
            own.Add(await Race.Run(site, worker, worker, round, cancellation));
            await Console.Error.WriteLineAsync(
                $"{round.Latency.TotalMilliseconds} ms, {round.Concurrency} at once: {hand[^1].PerSecond:0} and "
                    + $"{own[^1].PerSecond:0} jobs/s");
        }
        return (Reached.Median(hand), Reached.Median(own));
    }

    // Medians of runs in turn: the slowest hundredth of one run is as much the machine's as the contestant's.
    static async Task<IReadOnlyList<IReadOnlyList<string>>> Steady(
        Site site, Contestant ceiling, Contestant worker, Round round, double offered, int repeat,
        CancellationToken cancellation)
    {
        var perSecond = await HalfLoad.Most(site, worker, worker, round, offered, cancellation) / 2;
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
            [ceiling.Name, $"{round.Concurrency}", $"{perSecond:0}", $"{least.Median:0.0}", $"{least.Slow:0.0}", "",
                ""],
            [worker.Name, $"{round.Concurrency}", $"{perSecond:0}", $"{most.Median:0.0}", $"{most.Slow:0.0}",
                $"{most.Median - least.Median:0.0}", $"{most.Slow - least.Slow:0.0}"],
        ];

        async Task<Added> Measure(Contestant contestant) =>
            Added.Of(await HalfLoad.Run(site, contestant, worker, round, perSecond, cancellation));
    }

    static IReadOnlyList<string> Row(Round round, Contestant contestant, Reached reached, Reached ceiling) =>
    [
        $"{round.Latency.TotalMilliseconds} ms", $"{round.Concurrency}", contestant.Name, $"{reached.PerSecond:0}",
        $"{reached.PerSecond / ceiling.PerSecond:0%}",
        $"{reached.CpuPerThousand:0.00}", $"{reached.Memory / 1e6:0}", $"{reached.FirstJob.TotalSeconds:0.00}",
    ];
}
