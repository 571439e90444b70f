using OpenAIWorker.Rig;

namespace OpenAIWorker.Bench.Soak;

/// <summary>One worker with more jobs than it can do.</summary>
static class SoakRun
{
    // The worker has 32 slots of 100 ms: at most 320 jobs a second.
    const int FreePerSecond = 380;
    const int FailingPerSecond = 10;
    const int LimitedPerSecond = 40;
    const int LimitedPerMinute = 1_200;
    const string Failing = "gpt-failing+status:500#1";

    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <returns>Whether it holds at the end what it held after its second minute.</returns>
    public static async Task<bool> Run(Site site, TimeSpan time, string? program, CancellationToken cancellation)
    {
        await using var stage = await Stage.Open(site,
            new() { Limit = Setup.PerMinute(requests: LimitedPerMinute), Program = program, KeptCalls = 0 },
            cancellation);
        var (clock, all, minutes) = (TimeProvider.System, new List<Held>(), new List<Held>());
        var begun = clock.GetTimestamp();
        var published = 0;
        using var seconds = new PeriodicTimer(Second);
        while (clock.GetElapsedTime(begun) is var at && at < time && await seconds.WaitForNextTickAsync(cancellation))
        {
            IReadOnlyList<Job> jobs = [.. Some(published, FreePerSecond, Prompts.Free),
                .. Some(published, FailingPerSecond, Failing), .. Some(published, LimitedPerSecond, Prompts.Limited)];
            await stage.Publisher.Publish(jobs, cancellation);
            published += jobs.Count;
            var (memory, handles, threads) = stage.Workers[0].Holds();
            all.Add(new(at, published, stage.Subscriber.Jobs, memory, handles, threads));
            if (at < (minutes.Count + 1) * Minute)
                continue;
            minutes.Add(Held.Median(all));
            all.Clear();
            await Console.Error.WriteLineAsync($"{minutes[^1]}");
        }
        minutes.Add(Held.Median(all));
        MarkdownTable.Write(["minute", "jobs ended", "backlog", "RSS MB", "handles", "threads"],
            [.. minutes.Select(held => held.Row())]);
        return minutes[^1].IsFlatSince(minutes[Math.Min(1, minutes.Count - 1)]);
    }

    static IEnumerable<Job> Some(int after, int count, string model) =>
        Enumerable.Range(after, count).Select(number => Prompts.Make($"{model[..7]}-{number:0000000}", model));
}
