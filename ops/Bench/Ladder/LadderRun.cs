using OpenAIWorker.Rig;

namespace OpenAIWorker.Bench.Ladder;

/// <summary>Sends scheduled jobs, and measures when their calls arrive.</summary>
static class LadderRun
{
    const int Count = 120;
    static readonly TimeSpan Nearest = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Farthest = TimeSpan.FromSeconds(60);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task Run(Site site, CancellationToken cancellation)
    {
        await using var stage = await Stage.Open(site, new() { Latency = TimeSpan.Zero }, cancellation);
        var due = Due(stage.Now);
        await stage.Publish([.. due.Select(job => Prompts.Make(job.Key, Prompts.Free, notBefore: job.Value))],
            cancellation);
        await stage.Until(() => stage.Subscriber.Jobs == Count, Farthest + Patience, cancellation);
        IReadOnlyList<double> late =
            [.. stage.Emulator.Calls.Select(call => (call.ReceivedAt - due[call.Job]).TotalSeconds)];
        MarkdownTable.Write(
            ["jobs", "calls", "earliest s", "median s", "latest s"],
            [[$"{Count}", $"{late.Count}", $"{late.Min():0.000}", $"{Rank.Median(late):0.000}",
                $"{late.Max():0.000}"]]);
    }

    // 119 steps in 59 seconds: no two jobs are due at the same fraction of a second.
    static Dictionary<string, DateTimeOffset> Due(DateTimeOffset now) => Enumerable.Range(0, Count)
        .ToDictionary(number => $"job-{number:000}",
            number => now + Nearest + ((Farthest - Nearest) * number / (Count - 1)));
}
