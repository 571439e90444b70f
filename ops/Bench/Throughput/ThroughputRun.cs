using OpenAIWorker.Rig;

namespace OpenAIWorker.Bench.Throughput;

/// <summary>All rounds, contestant after contestant, so that what disturbs one disturbs the other.</summary>
static class ThroughputRun
{
    const ushort SteadyConcurrency = 512;

    public static async Task Run(Site site, IReadOnlyList<Round> rounds, int repeat, string? program, CancellationToken cancellation)
    {
        var broker = Broker.UriAt(site.Broker.Addresses[0].Port);
        var (ceiling, worker) = (Contestant.Ceiling(broker), Contestant.Worker(broker, program));
        var rows = new List<IReadOnlyList<string>>();
        var slowest = double.MaxValue;
        foreach (var round in rounds)
        {
            var (hand, own) = await Both(site, ceiling, worker, round, repeat, cancellation);
            rows.Add(Row(round, ceiling, hand, hand));
            rows.Add(Row(round, worker, own, hand));
            slowest = Math.Min(slowest, round is { Concurrency: SteadyConcurrency, Latency.Ticks: > 0 } ? own.PerSecond : slowest);
        }
        MarkdownTable.Write(["provider", "at once", "", "jobs/s", "of the ceiling", "CPU s per 1,000", "peak RSS MB", "start to first job s"], rows);
        if (slowest < double.MaxValue)
            await Steady(site, ceiling, worker, slowest / 2, cancellation);
    }

    static async Task<(Reached Ceiling, Reached Worker)> Both(Site site, Contestant ceiling, Contestant worker, Round round, int repeat, CancellationToken cancellation)
    {
        var (hand, own) = (new List<Reached>(), new List<Reached>());
        while (own.Count < repeat)
        {
            hand.Add(await Race.Run(site, ceiling, worker, round, cancellation));
            own.Add(await Race.Run(site, worker, worker, round, cancellation));
            await Console.Error.WriteLineAsync($"{round.Latency.TotalMilliseconds} ms, {round.Concurrency} at once: {hand[^1].PerSecond:0} and {own[^1].PerSecond:0} jobs/s");
        }
        return (Reached.Median(hand), Reached.Median(own));
    }

    static async Task Steady(Site site, Contestant ceiling, Contestant worker, double perSecond, CancellationToken cancellation)
    {
        var round = Round.Of(100, SteadyConcurrency, int.MaxValue);
        var rows = new List<IReadOnlyList<string>>();
        (double Median, double Slow)? hand = null;
        foreach (var contestant in (Contestant[])[ceiling, worker])
        {
            var added = await HalfLoad.Run(site, contestant, worker, round, perSecond, cancellation);
            var (median, slow) = (Rank.Median(added), Rank.Of(added, 0.99));
            rows.Add([contestant.Name, $"{perSecond:0}", $"{median:0.0}", $"{slow:0.0}", hand is { } least ? $"{median - least.Median:0.0}" : "", hand is { } few ? $"{slow - few.Slow:0.0}" : ""]);
            hand ??= (median, slow);
        }
        Console.WriteLine();
        MarkdownTable.Write(["", "jobs/s", "ms outside of the call, p50", "p99", "beyond the ceiling, p50", "p99"], rows);
    }

    static IReadOnlyList<string> Row(Round round, Contestant contestant, Reached reached, Reached ceiling) =>
    [
        $"{round.Latency.TotalMilliseconds} ms", $"{round.Concurrency}", contestant.Name, $"{reached.PerSecond:0}", $"{reached.PerSecond / ceiling.PerSecond:0%}",
        $"{reached.CpuPerThousand:0.00}", $"{reached.Memory / 1e6:0}", $"{reached.FirstJob.TotalSeconds:0.00}",
    ];
}
