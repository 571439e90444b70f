using OpenAIWorker.Rig;

namespace OpenAIWorker.Bench.Limits;

/// <summary>Sends all jobs at once, and waits until the last has ended.</summary>
static class Drain
{
    public static Scenario Of(string letter, string what, Setup setup, IReadOnlyList<Job> jobs,
        Action<Stage>? inMidRun = null) =>
        new(letter, what, async (site, cancellation) =>
        {
            await using var stage = await Stage.Open(site, setup, cancellation);
            await stage.Publish(jobs, cancellation);
            var all = () => stage.Subscriber.Jobs == jobs.Count;
            if (inMidRun is not null && !await stage.Until(all, Scenario.Middle, cancellation))
                inMidRun(stage);
            await stage.Until(all, inMidRun is null ? Scenario.Longest : Scenario.Longest - Scenario.Middle,
                cancellation);
            return [Figures.Of($"{letter}: {what}", stage, jobs.Count)];
        });
}
