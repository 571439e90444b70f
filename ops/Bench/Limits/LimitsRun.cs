namespace OpenAIWorker.Bench.Limits;

/// <summary>Runs one scenario after another, and prints the table.</summary>
static class LimitsRun
{
    public static async Task Run(Site site, IReadOnlyList<Scenario> scenarios, int repeat,
        CancellationToken cancellation)
    {
        var lines = new List<Figures>();
        foreach (var scenario in scenarios)
            lines.AddRange(await Repeated(site, scenario, repeat, cancellation));
        FiguresTable.Write(lines);
    }

    static async Task<IEnumerable<Figures>> Repeated(Site site, Scenario scenario, int repeat,
        CancellationToken cancellation)
    {
        var runs = new List<IReadOnlyList<Figures>>();
        for (var turn = 1; turn <= repeat; turn++)
        {
            await Console.Error.WriteLineAsync(
                $"{scenario.Letter}: {scenario.What}{(repeat > 1 ? $", {turn} of {repeat}" : "")}");
            runs.Add(await scenario.Run(site, cancellation));
        }
        return Enumerable.Range(0, runs[0].Count).Select(line => Figures.Median([.. runs.Select(run => run[line])]));
    }
}
