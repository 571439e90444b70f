using OpenAIWorker.Rig;

namespace OpenAIWorker.Bench.Limits;

/// <summary>Many tenants with few jobs each: how long until each has had its first turn, and how even they stand at every minute.</summary>
static class Rounds
{
    public static Scenario Scenario(Setup setup, int tenants, int each) => new("h", "fairness over tenants", async (site, cancellation) =>
    {
        var rate = setup.Limit!.RequestsPerMinute!.Value;
        await using var stage = await Stage.Open(site, setup with { Tenant = Prompts.Tenant, Settings = [$"--Limits:MaxGroups={tenants + 100}"] }, cancellation);
        var begun = stage.Now;
        await stage.Publish([.. Enumerable.Range(0, tenants).SelectMany(tenant => Enumerable.Range(0, each).Select(number => Job(tenant, number)))], cancellation);
        var ideal = TimeSpan.FromMinutes((double)tenants / rate);
        await stage.Until(() => stage.Subscriber.Jobs == tenants * each, Longest(ideal), cancellation);
        var endings = stage.Subscriber.Endings.DistinctBy(ending => ending.Job).Select(ending => (Tenant: ending.Job.Split('-')[0], ending.At)).OrderBy(ending => ending.At).ToList();
        var first = endings.GroupBy(ending => ending.Tenant).Select(tenant => (tenant.First().At - begun).TotalSeconds).ToList();
        // Who had none has waited until now.
        first.AddRange(Enumerable.Repeat((stage.Now - begun).TotalSeconds, tenants - first.Count));
        return
        [
            Figures.Of($"h: {tenants:#,0} tenants with {each} jobs each; {rate:#,0} RPM", stage, tenants * each)
                .With(Measure.FirstRound, Rank.Of(first, 0.99) / ideal.TotalSeconds)
                .With(Measure.EvenAtEveryMinute, Minutes(begun, endings, tenants, each).DefaultIfEmpty(1).Min())
                .With(Measure.Memory, stage.Workers.Max(worker => worker.PeakMemory)),
        ];
    });

    static TimeSpan Longest(TimeSpan ideal) => Limits.Scenario.Longest > ideal * 2.5 ? Limits.Scenario.Longest : ideal * 2.5;

    // Jain's index over what each had, as a part of what turns in perfect order would have come to: with fewer calls than tenants nobody can be even.
    static IEnumerable<double> Minutes(DateTimeOffset begun, List<(string Tenant, DateTimeOffset At)> endings, int tenants, int each)
    {
        for (var minute = 1; endings.Count > 0 && begun + TimeSpan.FromMinutes(minute) < endings[^1].At; minute++)
        {
            var had = endings.Where(ending => ending.At < begun + TimeSpan.FromMinutes(minute)).CountBy(ending => ending.Tenant).Select(tenant => tenant.Value).ToList();
            had.AddRange(Enumerable.Repeat(0, tenants - had.Count));
            var (whole, rest) = Math.DivRem(had.Sum(), tenants);
            if (whole < each)
                yield return Tenants.Jain([.. had.Select(count => (double)count)]) / Tenants.Jain([.. Enumerable.Range(0, tenants).Select(tenant => (double)whole + (tenant < rest ? 1 : 0))]);
        }
    }

    static Job Job(int tenant, int number) => Prompts.Make($"t{tenant}-{number}", tenant: $"t{tenant}");
}
