namespace OpenAIWorker.Bench.Limits;

/// <summary>Many more jobs than the limit admits in the time: the cost of their waiting.</summary>
static class Backlog
{
    static readonly TimeSpan Watched = TimeSpan.FromSeconds(60);

    public static Scenario Scenario(Setup setup, int jobs) => new("i", "a long backlog", async (site, cancellation) =>
    {
        await using var stage = await Stage.Open(site, setup with { CountsDelays = true }, cancellation);
        await stage.Publish(Prompts.Even(jobs), cancellation);
        await stage.Until(() => false, Watched, cancellation);
        return
        [
            Figures.Of($"i: {jobs:#,0} jobs behind 600 RPM, after 60 s", stage, jobs)
                .With(Measure.ParksOfAll, (double)stage.Subscriber.Delays / jobs)
                .With(Measure.Memory, stage.Workers.Max(worker => worker.PeakMemory)),
        ];
    });
}
