using System.Collections.Concurrent;
using System.Text.Json;
using OpenAIWorker.Emulator.Billing;
using OpenAIWorker.Rig;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace OpenAIWorker.Bench.Throughput;

/// <summary>
/// How long a job takes outside of its call, when jobs come one by one at a steady pace: from the publisher's send to the call's arrival at the
/// provider, and from the answer to the ending's arrival at a subscriber. The broker's two hops are in it, for both contestants.
/// </summary>
static class HalfLoad
{
    const int WarmSeconds = 20;
    const int Seconds = 15;
    // A longer one would send jobs in bunches, which wait for each other.
    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    // For what stands in the queue at the end. A contestant that has died, or failed a job, ends the run.
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <returns>Milliseconds, a job each.</returns>
    public static async Task<IReadOnlyList<double>> Run(
        Site site, Contestant contestant, Contestant declaring, Round round, double perSecond, CancellationToken cancellation)
    {
        var (sent, arrived, calls, _) = await Watch(site, contestant, declaring, round, perSecond, cancellation);
        var counted = sent.Keys.Where(job => string.CompareOrdinal(job, Id((int)(WarmSeconds * perSecond))) >= 0);
        return [.. counted.Select(job => (calls[job].ReceivedAt - sent[job] + (arrived[job] - calls[job].AnsweredAt)).TotalMilliseconds)];
    }

    /// <summary>What a contestant does where it gets more than it can do. Less than of a backlog: publisher and subscriber are at work beside it.</summary>
    /// <returns>Jobs per second.</returns>
    public static async Task<double> Most(Site site, Contestant contestant, Contestant declaring, Round round, double offered, CancellationToken cancellation)
    {
        var (_, arrived, _, begun) = await Watch(site, contestant, declaring, round, offered, cancellation);
        var (from, to) = (begun.AddSeconds(WarmSeconds), begun.AddSeconds(WarmSeconds + Seconds));
        return arrived.Values.Count(time => time >= from && time < to) / (double)Seconds;
    }

    static async Task<Watched> Watch(Site site, Contestant contestant, Contestant declaring, Round round, double perSecond, CancellationToken cancellation)
    {
        await using var track = await Track.Open(site, round, declaring, keptCalls: Jobs(perSecond), cancellation);
        using var worker = contestant.Start(track.Emulator.BaseUrl, round, site.NextLog());
        await track.UntilConsumed(cancellation);
        var clock = TimeProvider.System;
        var begun = clock.GetUtcNow();
        var (sent, arrived) = (new ConcurrentDictionary<string, DateTimeOffset>(), new ConcurrentDictionary<string, DateTimeOffset>());
        var all = await Subscribe(track, arrived, Jobs(perSecond), clock, cancellation);
        await Publish(track, sent, perSecond, clock, cancellation);
        await all.WaitAsync(Patience, cancellation);
        return new(sent, arrived, track.Emulator.Calls.ToDictionary(call => call.Job), begun);
    }

    static int Jobs(double perSecond) => (int)(perSecond * (WarmSeconds + Seconds));

    static string Id(int number) => $"job-{number:000000}";

    // Counted here: a concurrent dictionary takes all of its locks to say how much it holds.
    static async Task<Task> Subscribe(Track track, ConcurrentDictionary<string, DateTimeOffset> arrived, int expected, TimeProvider clock, CancellationToken cancellation)
    {
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var missing = expected;
        var consumer = new AsyncEventingBasicConsumer(track.Channel);
        consumer.ReceivedAsync += (_, message) =>
        {
            var now = clock.GetUtcNow();
            if (arrived.TryAdd(JsonElement.Parse(message.Body.Span).GetProperty("jobId").GetString()!, now) && --missing == 0)
                all.SetResult();
            return Task.CompletedTask;
        };
        await track.Channel.BasicConsumeAsync(Track.Endings, autoAck: true, consumer, cancellation);
        return all.Task;
    }

    static async Task Publish(Track track, ConcurrentDictionary<string, DateTimeOffset> sent, double perSecond, TimeProvider clock, CancellationToken cancellation)
    {
        await using var publisher = await Publisher.Open(track.Connection, Contestant.Prefix, cancellation);
        using var ticks = new PeriodicTimer(Tick);
        var begun = clock.GetTimestamp();
        var (count, next, sending) = (Jobs(perSecond), 0, new List<Task>());
        while (next < count && await ticks.WaitForNextTickAsync(cancellation))
        {
            for (var due = Math.Min(count, (int)(clock.GetElapsedTime(begun).TotalSeconds * perSecond)); next < due; next++)
            {
                var job = Prompts.Make(Id(next), Prompts.Free);
                sent[job.Id] = clock.GetUtcNow();
                sending.Add(publisher.Publish([job], cancellation));
            }
        }
        await Task.WhenAll(sending);
    }

    sealed record Watched(
        ConcurrentDictionary<string, DateTimeOffset> Sent, ConcurrentDictionary<string, DateTimeOffset> Arrived, IReadOnlyDictionary<string, ReceivedCall> Calls, DateTimeOffset Begun);
}
