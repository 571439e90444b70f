using OpenAIWorker.Bench.Throughput;
using OpenAIWorker.Rig;

namespace OpenAIWorker.Bench.Growth;

/// <summary>A worker that starts when so many jobs wait, and takes as many of them as it can for a while.</summary>
static class GrownBacklog
{
    const ushort AtOnce = 128;
    const int PromptLength = 100;
    static readonly TimeSpan Watched = TimeSpan.FromSeconds(15);
    static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    public static async Task<Cost> Measure(Site site, int jobs, string? program, CancellationToken cancellation)
    {
        var round = ThroughputRun.With(new Round(TimeSpan.Zero, AtOnce, jobs, new(false, PromptLength)), Distance.Far,
            0);
        var contestant = Contestant.Worker(Broker.UriAt(site.Broker.Addresses[0].Port), program);
        await using var track = await Track.Open(site, round, contestant, keepsCalls: false, cancellation);
        await track.Publish(cancellation);
        var clock = TimeProvider.System;
        var begun = clock.GetTimestamp();
        var before = await site.Broker.Use();
        using var worker = contestant.Start(track.Provider.BaseUrl, round, site.NextLog());
        await Until(1, TimeSpan.FromMinutes(2));
        var (first, firstAt) = (clock.GetElapsedTime(begun), clock.GetTimestamp());
        await Until(jobs, Watched);
        var (time, done) = (clock.GetElapsedTime(firstAt), await track.Count(cancellation));
        var (used, after) = (Cost.Of([worker]), await site.Broker.Use());
        return new(first, done, time, used.Time, used.Peak, after.ProcessorTime - before.ProcessorTime, after.Memory,
            await site.Broker.Queues());

        async Task Until(int endings, TimeSpan longest)
        {
            var since = clock.GetTimestamp();
            while (await track.Count(cancellation) < endings && clock.GetElapsedTime(since) < longest)
            {
                if (worker.IsOver)
                    throw new InvalidOperationException($"The worker ended: {site.Logs} says why.");
                await Task.Delay(Glance, clock, cancellation);
            }
        }
    }
}
