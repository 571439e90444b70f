using OpenAIWorker.Rig;

namespace OpenAIWorker.Bench.Limits;

/// <summary>Five tenants. One has sent many jobs before the others come.</summary>
static class Tenants
{
    const string Greedy = "tenant-1";
    static readonly IReadOnlyList<string> Others = ["tenant-2", "tenant-3", "tenant-4", "tenant-5"];

    public static Scenario Scenario(Setup setup, int greedy, int others) =>
        new("h", "fairness over tenants", async (site, cancellation) =>
    {
        await using var stage = await Stage.Open(site, setup with { Tenant = Prompts.Tenant }, cancellation);
        await stage.Publish(JobsOf(Greedy, greedy), cancellation);
        await stage.Publish([.. Enumerable.Range(0, others)
            .SelectMany(number => Others.Select(tenant => Job(tenant, number)))], cancellation);
        var begun = stage.Now;
        await stage.Until(() => Others.Any(tenant => DoneOf(stage, tenant, begun) == others), Limits.Scenario.Longest,
            cancellation);
        var got = Others.Append(Greedy).Select(tenant => (double)DoneOf(stage, tenant, begun));
        var what =
            $"h: five tenants with {others} jobs each, but one with {greedy:#,0} and first; "
                + $"{setup.Limit!.RequestsPerMinute:#,0} RPM";
        return [Figures.Of(what, stage, stage.Published.Count).With(Measure.Fairness, Jain([.. got]))];
    });

    /// <summary>1 if all have the same, 1 ÷ n if one has everything.</summary>
    public static double Jain(IReadOnlyList<double> shares) =>
        Math.Pow(shares.Sum(), 2) / (shares.Count * shares.Sum(share => share * share));

    static IReadOnlyList<Job> JobsOf(string tenant, int count) =>
        [.. Enumerable.Range(0, count).Select(number => Job(tenant, number))];

    static Job Job(string tenant, int number) => Prompts.Make($"{tenant}-{number:00000}", tenant: tenant);

    static int DoneOf(Stage stage, string tenant, DateTimeOffset since) =>
        stage.Subscriber.Endings.Where(ending => ending.At >= since
            && ending.Job.StartsWith(tenant, StringComparison.Ordinal)).DistinctBy(ending => ending.Job).Count();
}
