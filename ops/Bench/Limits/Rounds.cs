using System.Globalization;
using OpenAIWorker.Rig;

namespace OpenAIWorker.Bench.Limits;

/// <summary>
/// Many tenants with few jobs each: the time until each has had its first turn, and how even they are at every minute.
/// </summary>
static class Rounds
{
    // A little longer than all jobs take at the limit.
    const double Spare = 1.2;

    /// <param name="setup">The limit.</param>
    /// <param name="tenants">The number of tenants.</param>
    /// <param name="each">Jobs per tenant.</param>
    /// <param name="inTurn">Whether the tenants send one job each in turn. Otherwise each sends all of its jobs at
    /// once.</param>
    public static Scenario Scenario(Setup setup, int tenants, int each, bool inTurn = true) =>
        new("h", Words(tenants, each, inTurn), async (site, cancellation) =>
    {
        var rate = setup.Limit!.RequestsPerMinute!.Value;
        await using var stage = await Stage.Open(site,
            setup with { Tenant = Prompts.Tenant, Settings = [$"--Limits:MaxGroups={tenants + 100}"] }, cancellation);
        var begun = stage.Now;
        await stage.Publish(inTurn ? InTurn(tenants, each) : TenantByTenant(tenants, each), cancellation);
        var ideal = TimeSpan.FromMinutes((double)tenants / rate);
        await stage.Until(() => stage.Subscriber.Jobs == tenants * each, ideal * each * Spare, cancellation);
        var endings = stage.Subscriber.Endings.DistinctBy(ending => ending.Job)
            .Select(ending => (Tenant: ending.Job.Split('-')[0], ending.At)).OrderBy(ending => ending.At).ToList();
        var first = endings.GroupBy(ending => ending.Tenant).Select(tenant => (tenant.First().At - begun).TotalSeconds)
            .ToList();
        // A tenant without an ending has waited until now.
        first.AddRange(Enumerable.Repeat((stage.Now - begun).TotalSeconds, tenants - first.Count));
        return
        [
            Figures.Of($"h: {Words(tenants, each, inTurn)}; {rate:#,0} RPM", stage, tenants * each)
                .With(Measure.FirstRound, Rank.Of(first, 0.99) / ideal.TotalSeconds)
                .With(Measure.EvenAtEveryMinute, Minutes(begun, endings, tenants, each).DefaultIfEmpty(1).Min())
                .With(Measure.Memory, stage.Workers.Max(worker => worker.PeakMemory)),
        ];
    });

    /// <summary>One tenant has a weight. All have more jobs than can be done in the time.</summary>
    public static Scenario Weighted(Setup setup, int tenants, int each, int weight) =>
        new("h", Words(tenants, each, weight), async (site, cancellation) =>
    {
        await using var stage = await Stage.Open(site,
            setup with { Tenant = Prompts.Tenant, Settings = [$"--Limits:Tenants:t0:Weight={weight}"] }, cancellation);
        await stage.Publish(InTurn(tenants, each), cancellation);
        await stage.Until(() => Had(stage, tenants)[0] >= each, Limits.Scenario.Longest, cancellation);
        var had = Had(stage, tenants);
        return
        [
            Figures.Of($"h: {Words(tenants, each, weight)}; {setup.Limit!.RequestsPerMinute:#,0} RPM", stage,
                tenants * each)
                .With(Measure.Heavier, had[0] / had.Skip(1).Average()),
        ];
    });

    static string Words(int tenants, int each, bool inTurn) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{tenants:#,0} tenants with {each} jobs each{(inTurn ? "" : ", sent tenant by tenant")}");

    static string Words(int tenants, int each, int weight) =>
        $"{Words(tenants, each, inTurn: true)}, one of weight {weight}";

    static IReadOnlyList<double> Had(Stage stage, int tenants)
    {
        var had = stage.Subscriber.Endings.DistinctBy(ending => ending.Job).CountBy(ending => ending.Job.Split('-')[0])
            .ToDictionary();
        return [.. Enumerable.Range(0, tenants).Select(tenant => (double)had.GetValueOrDefault($"t{tenant}"))];
    }

    static IReadOnlyList<Job> InTurn(int tenants, int each) =>
        [.. Enumerable.Range(0, each)
            .SelectMany(number => Enumerable.Range(0, tenants).Select(tenant => Job(tenant, number)))];

    static IReadOnlyList<Job> TenantByTenant(int tenants, int each) =>
        [.. Enumerable.Range(0, tenants)
            .SelectMany(tenant => Enumerable.Range(0, each).Select(number => Job(tenant, number)))];

    // Jain's index over each tenant's share, relative to perfect turns: with fewer calls than tenants, equal shares are
    // impossible.
    static IEnumerable<double> Minutes(DateTimeOffset begun, List<(string Tenant, DateTimeOffset At)> endings,
        int tenants, int each)
    {
        for (var minute = 1; endings.Count > 0 && begun + TimeSpan.FromMinutes(minute) < endings[^1].At; minute++)
        {
            var had = endings.Where(ending => ending.At < begun + TimeSpan.FromMinutes(minute))
                .CountBy(ending => ending.Tenant).Select(tenant => tenant.Value).ToList();
            had.AddRange(Enumerable.Repeat(0, tenants - had.Count));
            var (whole, rest) = Math.DivRem(had.Sum(), tenants);
            if (whole < each)
                yield return Tenants.Jain([.. had.Select(count => (double)count)]) / Tenants.Jain(
                    [.. Enumerable.Range(0, tenants).Select(tenant => (double)whole + (tenant < rest ? 1 : 0))]);
        }
    }

    static Job Job(int tenant, int number) => Prompts.Make($"t{tenant}-{number}", tenant: $"t{tenant}");
}
