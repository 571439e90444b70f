using OpenAIWorker.Rig;

namespace OpenAIWorker.Bench.Throughput;

/// <summary>
/// One contestant in one round: from the start of its process, with the whole backlog in the queue, to its last ending.
/// </summary>
static class Race
{
    static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(10);
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    public static async Task<Reached> Run(Site site, Contestant contestant, Contestant declaring, Round round,
        CancellationToken cancellation)
    {
        await using var track = await Track.Open(site, round, declaring, keepsCalls: false, cancellation);
        await track.Publish(cancellation);
        var clock = TimeProvider.System;
        var log = site.NextLog();
        using var allocated = new Allocated($"{log}.allocated");
        var begun = clock.GetTimestamp();
        using var worker = contestant.Start(track.Provider.BaseUrl, round, log, allocated.Variables);
        await Until(track, worker, 1, cancellation);
        var firstJob = clock.GetElapsedTime(begun);
        var warm = await Until(track, worker, round.Jobs / 4, cancellation);
        var (warmAt, warmCpu, warmBytes) = (clock.GetTimestamp(), worker.ProcessorTime, allocated.Bytes);
        var jobs = await Until(track, worker, round.Jobs, cancellation) - warm;
        var seconds = clock.GetElapsedTime(warmAt).TotalSeconds;
        return new(jobs / seconds, (worker.ProcessorTime - warmCpu).TotalSeconds / jobs * 1_000, worker.PeakMemory,
            (double)(allocated.Bytes - warmBytes) / jobs, firstJob);
    }

    static async Task<long> Until(Track track, WorkerProcess worker, int endings, CancellationToken cancellation)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        bound.CancelAfter(Longest);
        while (true)
        {
            var seen = await track.Count(bound.Token);
            if (seen >= endings)
                return seen;
            if (worker.IsOver)
                throw new InvalidOperationException($"{worker.Name} ended with {worker.ExitCode}; its log says why.");
            await Task.Delay(Glance, bound.Token);
        }
    }
}
