using System.Text.Json;
using OpenAIWorker.Rig;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace OpenAIWorker.Bench.Throughput;

/// <summary>
/// The time that a job spends outside its call when jobs come one by one at a steady pace: from the publisher's send to
/// the call's arrival at the provider, and from the answer to the ending's arrival at a subscriber. For both
/// contestants it includes the broker's two hops.
/// </summary>
static class HalfLoad
{
    const int WarmSeconds = 20;
    const int Seconds = 15;

    // What publisher, provider and subscriber allocate per job, plus a half.
    const double BytesPerJob = 60_000;

    // Before the measured jobs, because it begins with a collection.
    static readonly TimeSpan QuietAfter = TimeSpan.FromSeconds(WarmSeconds - 3);

    // With a longer one, jobs are sent in bunches and wait for each other.
    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    // For the rest of the queue at the end. A contestant that died or failed a job ends the run.
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <returns>The milliseconds of each job.</returns>
    public static async Task<IReadOnlyList<double>> Run(
        Site site, Contestant contestant, Contestant declaring, Round round, double perSecond,
        CancellationToken cancellation)
    {
        var (jobs, sent, arrived, calls) = await Watch(site, contestant, declaring, round, perSecond, quiet: true,
            cancellation);
        var counted = jobs.Skip((int)(WarmSeconds * perSecond));
        return [.. counted.Select(job =>
            (calls[job].ReceivedAt - sent[job] + (arrived[job] - calls[job].AnsweredAt)).TotalMilliseconds)];
    }

    /// <summary>
    /// The throughput of an overloaded contestant. It is lower than with a backlog, because publisher and subscriber
    /// run beside it.
    /// </summary>
    /// <returns>Jobs per second.</returns>
    public static async Task<double> Most(Site site, Contestant contestant, Contestant declaring, Round round,
        double offered, CancellationToken cancellation)
    {
        var (jobs, sent, arrived, _) =
            await Watch(site, contestant, declaring, round, offered, quiet: false, cancellation);
        var from = sent[jobs[0]].AddSeconds(WarmSeconds);
        var to = from.AddSeconds(Seconds);
        return arrived.Values.Count(time => time >= from && time < to) / (double)Seconds;
    }

    static async Task<Watched> Watch(
        Site site, Contestant contestant, Contestant declaring, Round round, double perSecond, bool quiet,
        CancellationToken cancellation)
    {
        await using var track = await Track.Open(site, round, declaring, keepsCalls: true, cancellation);
        using var worker = contestant.Start(track.Provider.BaseUrl, round, site.NextLog());
        await track.UntilConsumed(cancellation);
        var clock = TimeProvider.System;
        var arriving = await Subscribe(track, Jobs(perSecond), clock, cancellation);
        var silence = quiet ? KeepQuiet(perSecond, clock, cancellation) : Task.CompletedTask;
        var sent = await Publish(track, round, perSecond, clock, cancellation);
        var arrived = await arriving.WaitAsync(Patience, cancellation);
        await silence;
        // Throws if there was a collection nevertheless.
        if (quiet)
            GC.EndNoGCRegion();
        return new([.. Enumerable.Range(0, Jobs(perSecond)).Select(track.Id)], sent, arrived, track.Provider.Calls);
    }

    // A collection here stops publisher, provider and subscriber at once, and would count as the contestant's time.
    static async Task KeepQuiet(double perSecond, TimeProvider clock, CancellationToken cancellation)
    {
        await Task.Delay(QuietAfter, clock, cancellation);
        if (!GC.TryStartNoGCRegion((long)(perSecond * (Seconds + 5) * BytesPerJob)))
            throw new InvalidOperationException("There is not enough memory to measure without collections.");
    }

    static int Jobs(double perSecond) => (int)(perSecond * (WarmSeconds + Seconds));

    /// <returns>When each job's ending arrived. Completes when all have.</returns>
    static async Task<Task<Dictionary<string, DateTimeOffset>>> Subscribe(Track track, int expected, TimeProvider clock,
        CancellationToken cancellation)
    {
        var arrived = new Dictionary<string, DateTimeOffset>();
        var all = new TaskCompletionSource<Dictionary<string, DateTimeOffset>>(
            TaskCreationOptions.RunContinuationsAsynchronously);
        var consumer = new AsyncEventingBasicConsumer(track.Channel);
        // One after the other, the default of a channel.
        consumer.ReceivedAsync += (_, message) =>
        {
            var now = clock.GetUtcNow();
            if (arrived.TryAdd(JsonElement.Parse(message.Body.Span).GetProperty("jobId").GetString()!, now)
                && arrived.Count == expected)
                all.SetResult(arrived);
            return Task.CompletedTask;
        };
        await track.Channel.BasicConsumeAsync(Track.Endings, autoAck: true, consumer, cancellation);
        return all.Task;
    }

    /// <returns>When each job was sent.</returns>
    static async Task<Dictionary<string, DateTimeOffset>> Publish(Track track, Round round, double perSecond,
        TimeProvider clock, CancellationToken cancellation)
    {
        await using var publisher = await Publisher.Open(track.Connection, Contestant.Prefix, cancellation);
        using var ticks = new PeriodicTimer(Tick);
        var begun = clock.GetTimestamp();
        var (count, sent, sending) = (Jobs(perSecond), new Dictionary<string, DateTimeOffset>(), new List<Task>());
        while (sent.Count < count && await ticks.WaitForNextTickAsync(cancellation))
        {
            var due = Math.Min(count, (int)(clock.GetElapsedTime(begun).TotalSeconds * perSecond));
            while (sent.Count < due)
            {
                var job = Prompts.Make(track.Id(sent.Count), round.Call);
                sent[job.Id] = clock.GetUtcNow();
                sending.Add(publisher.Publish([job], cancellation));
            }
        }
        await Task.WhenAll(sending);
        return sent;
    }

    sealed record Watched(
        IReadOnlyList<string> Jobs, Dictionary<string, DateTimeOffset> Sent, Dictionary<string, DateTimeOffset> Arrived,
        IReadOnlyDictionary<string, (DateTimeOffset ReceivedAt, DateTimeOffset AnsweredAt)> Calls);
}
