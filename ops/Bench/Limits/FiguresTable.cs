namespace OpenAIWorker.Bench.Limits;

/// <summary>The figures in readable form.</summary>
static class FiguresTable
{
    static readonly IReadOnlyList<(string Head, Measure Measure)> Columns =
    [
        ("seconds", Measure.Seconds),
        ("utilisation", Measure.Utilisation),
        ("steady", Measure.SteadyUtilisation),
        ("429s per 1,000", Measure.Denied),
        ("steady", Measure.SteadyDenied),
        ("parks per job", Measure.Parks),
        ("p95 s", Measure.P95),
    ];

    public static void Write(IReadOnlyList<Figures> lines) => MarkdownTable.Write(
        ["scenario", "workers", "jobs", .. Columns.Select(column => column.Head), "also"],
        [.. lines.Select(Row)]);

    static IReadOnlyList<string> Row(Figures line) =>
    [
        line.Scenario, $"{line.Workers}", $"{line.Jobs}",
        .. Columns.Select(column =>
            line.Values.TryGetValue(column.Measure, out var value) ? Words(column.Measure, value) : ""),
        string.Join(", ", line.Values.Where(value => value.Key > Measure.P95).OrderBy(value => value.Key)
            .Select(value => Words(value.Key, value.Value))),
    ];

    static string Words(Measure measure, double value) => measure switch
    {
        Measure.Utilisation or Measure.SteadyUtilisation => $"{value * 100:0.0} %",
        Measure.Seconds or Measure.Denied or Measure.SteadyDenied => $"{value:0.0}",
        Measure.Parks => $"{value:0.00}",
        Measure.P95 => $"{value:0.000}",
        Measure.P95Ratio => $"{value:0.00} × alone",
        Measure.SteadyP95 => $"steady p95 {value:0.000} s",
        Measure.SteadyP95Ratio => $"{value:0.00} × alone",
        Measure.Fairness => $"Jain {value:0.000}",
        Measure.FirstRound => $"first round p99 {value:0.00} × ideal",
        Measure.EvenAtEveryMinute => $"Jain at every minute ≥ {value:0.000} of perfect",
        Measure.Heavier => $"{value:0.00} × the others",
        Measure.ParksOfAll => $"parks of all jobs {value:0.00}",
        Measure.Memory => $"peak RSS {value / 1e6:0} MB",
        Measure.NotEnded => $"{value:0} not ended",
        Measure.Failed => $"{value:0} failed",
        _ => throw new ArgumentOutOfRangeException(nameof(measure)),
    };
}
