namespace OpenAIWorker.Bench.Growth;

/// <summary>One point after another, and the table.</summary>
static class GrowthRun
{
    /// <summary>What grows, and to how much of it.</summary>
    public static readonly IReadOnlyDictionary<string, int[]> Axes = new Dictionary<string, int[]>
    {
        ["backlog"] = [1_000, 10_000, 100_000, 1_000_000],
        ["tenants"] = [1, 10, 100, 1_000],
        ["lanes"] = [1, 10, 100, 1_000],
        ["replicas"] = [1, 2, 4, 8, 16],
    };

    public static async Task Run(Site site, IReadOnlyList<string> axes, int most, string? program,
        CancellationToken cancellation)
    {
        var rows = new List<IReadOnlyList<string>>();
        foreach (var (axis, count) in axes.SelectMany(axis =>
            Axes[axis].Where(count => count <= most).Select(count => (axis, count))))
        {
            await Console.Error.WriteLineAsync($"{count:#,0} {axis}");
            var cost = axis == "backlog"
                ? await GrownBacklog.Measure(site, count, program, cancellation)
                : await GrownLimits.Measure(site, axis, count, program, cancellation);
            rows.Add([axis, $"{count:#,0}", .. cost.Cells()]);
        }
        MarkdownTable.Write(["", "", .. Cost.Heads], rows);
    }
}
