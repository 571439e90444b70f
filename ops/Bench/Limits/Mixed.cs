using OpenAIWorker.Rig;

namespace OpenAIWorker.Bench.Limits;

/// <summary>
/// Jobs of a model without limit, sent evenly: alone, and together with a limited model's backlog in the same queue.
/// </summary>
static class Mixed
{
    const string What = "g: 10 jobs a second of an unlimited model";
    const int Count = 300;
    static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    public static Scenario Scenario(Setup setup, int limited) =>
        new("g", "an unlimited model's jobs beside a limited model's backlog", async (site, cancellation) =>
    {
        var alone = await Run(site, setup, $"{What}, alone", 0, cancellation);
        var beside = await Run(site, setup, $"{What}, beside {limited:#,0} jobs behind 600 RPM", limited, cancellation);
        return
        [
            alone,
            beside.With(Measure.P95Ratio, beside.Values[Measure.P95] / alone.Values[Measure.P95])
                .With(Measure.SteadyP95Ratio, beside.Values[Measure.SteadyP95] / alone.Values[Measure.SteadyP95]),
        ];
    });

    static async Task<Figures> Run(Site site, Setup setup, string what, int limited, CancellationToken cancellation)
    {
        await using var stage = await Stage.Open(site, setup, cancellation);
        await stage.Publish(Prompts.Even(limited), cancellation);
        var jobs = Free();
        await Send(stage, jobs, cancellation);
        var ids = jobs.Select(job => job.Id).ToHashSet();
        await stage.Until(() => stage.Subscriber.Endings.Count(ending => ids.Contains(ending.Job)) >= Count,
            Limits.Scenario.Longest - (Count * Between), cancellation);
        return Figures.Of(what, stage, Count)
            .With(Measure.P95, Ended.P95(stage, jobs))
            .With(Measure.SteadyP95, Ended.P95(stage, jobs.Skip((int)(Limits.Scenario.Start / Between))));
    }

    static IReadOnlyList<Job> Free() =>
        [.. Enumerable.Range(0, Count).Select(number => Prompts.Make($"free-{number:000}", Prompts.Free))];

    static async Task Send(Stage stage, IReadOnlyList<Job> jobs, CancellationToken cancellation)
    {
        using var pace = new PeriodicTimer(Between);
        foreach (var job in jobs)
        {
            await pace.WaitForNextTickAsync(cancellation);
            await stage.Publish([job], cancellation);
        }
    }
}
