using System.Collections.Concurrent;
using MassTransit;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Settlement;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Limits;

namespace OpenAIWorker.Delivery.Lanes;

/// <summary>
/// Finds the lane of a job: a separate queue for the jobs of one limit and tenant, created when such jobs would have to
/// wait. A job moves there once, keeps its place, and does not delay other jobs.
/// </summary>
sealed class LaneRouter(WorkerLanes lanes, QueueNames topology, RateLimiter limiter, LimitMetrics metrics,
    ITransport transport)
{
    const int MostNames = 10_000;

    // A name is a hash, and every job of a limit asks for it.
    readonly ConcurrentDictionary<(string Operation, LimitKey Limit, string Tenant), string> names = new();
    int named;

    /// <summary>The lane of a job.</summary>
    public string NameFor(Job job, LimitKey limit)
    {
        var key = (job.Operation, limit, limiter.TenantOf(job.Request));
        if (names.TryGetValue(key, out var known))
            return known;
        if (Interlocked.Increment(ref named) % MostNames == 0)
            names.Clear();
        return names[key] = topology.Lane(job.Operation, limit.Credential, limit.Group, key.Item3);
    }

    /// <summary>How long the job would wait for its turn.</summary>
    public TimeSpan Ahead(Job job, LimitKey limit) => limiter.Ahead(limit, job.Request);

    /// <summary>
    /// The job's lane, or the shared one if no more may be created. It exists in the broker, and the other workers know
    /// it.
    /// </summary>
    public async Task<Lane> Open(ReceiveContext context, Job job, Verdict.Queue wanted)
    {
        var isOwn = lanes.Admit(wanted.Lane);
        var name = isOwn ? wanted.Lane : topology.SharedLane(job.Operation);
        var lane = lanes.Of(name, () => isOwn ? OpenedFor(name, job, wanted.Limit) : lanes.Shared(job.Operation));
        await lane.Declared(() => transport.Open(context, name)).WaitAsync(context.CancellationToken);
        if (wanted.Pause is { } pause)
            _ = lane.Rest(pause);
        lane.Touch();
        if (wanted.Pause is null)
            lanes.Seen(lane, job, wanted.Limit);
        if (lane.IsToBeAnnounced(WorkerLanes.AnnounceEvery))
            await transport.Announce(context, lane.Opened);
        return lane;
    }

    /// <summary>The job was sent to its lane.</summary>
    public void Filled(Lane lane, Verdict.Queue queue)
    {
        lanes.Filled(lane);
        if (queue.Pause is null)
            metrics.Parked(queue.Limit);
    }

    LaneOpened OpenedFor(string name, Job job, LimitKey limit) =>
        new(name, 1)
        {
            Round = $"{job.Operation} {limit.Credential} {limit.Group}",
            Weight = limiter.WeightOf(limiter.TenantOf(job.Request))
        };
}
