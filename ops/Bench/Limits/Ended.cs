using OpenAIWorker.Rig;

namespace OpenAIWorker.Bench.Limits;

/// <summary>What the subscriber saw.</summary>
static class Ended
{
    public static IEnumerable<(Measure Measure, double Value)> Measures(Stage stage)
    {
        IReadOnlyList<Ending> endings = [.. stage.Subscriber.Endings];
        if (endings.Count > 0)
            yield return (Measure.Parks, endings.Average(ending => ending.Waits));
        if (endings.Count(ending => ending.IsFailed) is > 0 and var failed)
            yield return (Measure.Failed, failed);
        if (stage.Published.Count - stage.Subscriber.Jobs is > 0 and var missing)
            yield return (Measure.NotEnded, missing);
    }

    /// <summary>Seconds from publishing to ending, by nearest rank.</summary>
    public static double P95(Stage stage, IEnumerable<Job> jobs)
    {
        var ids = jobs.Select(job => job.Id).ToHashSet();
        return Rank.Of(stage.Subscriber.Endings.Where(ending => ids.Contains(ending.Job))
            .Select(ending => Seconds(stage, ending)), 0.95);
    }

    static double Seconds(Stage stage, Ending ending) => (ending.At - stage.Published[ending.Job]).TotalSeconds;
}
