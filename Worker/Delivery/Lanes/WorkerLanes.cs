using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Credentials;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Limits;

namespace OpenAIWorker.Delivery.Lanes;

/// <summary>
/// The lanes that this worker consumes. Those of one limit take turns, at the rate of the current limit.
/// </summary>
sealed class WorkerLanes : IDisposable
{
    // A lane's job waits in memory for at most this time: with the longest call it stays below RabbitMQ's consumer
    // timeout of 30 minutes.
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    public static readonly TimeSpan AnnounceEvery = TimeSpan.FromMinutes(5);
    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    static readonly TimeSpan LeaveAfter = 3 * AnnounceEvery;

    readonly ConcurrentDictionary<string, Lane> lanes = new();
    readonly ConcurrentDictionary<string, LaneRound> rounds = new();
    readonly ITimer look;
    readonly LaneNames names;
    readonly ILaneFeeds feeds;
    readonly QueueNames topology;
    readonly RateLimiter limiter;
    readonly int concurrency;
    readonly TimeProvider clock;

    public WorkerLanes(
        ILaneFeeds feeds, QueueNames topology, RateLimiter limiter, CredentialPauses pauses,
        IOptions<LimitsOptions> limits, IOptions<DeliveryOptions> options, TimeProvider clock)
    {
        (this.feeds, this.topology, this.limiter, this.clock, concurrency) = (feeds, topology, limiter, clock,
            options.Value.Concurrency);
        names = new(limits.Value.MaxGroups, clock);
        pauses.TrialOffered += Try;
        limiter.Changed += Wake;
        look = clock.CreateTimer(_ => Look(), null, LookEvery, LookEvery);
    }

    /// <summary>Whether the lane exists or may be created. A lane that is asked for stays.</summary>
    public bool Admit(string name) => names.Admit(name);

    /// <summary>Whether jobs wait in the lane already.</summary>
    public bool HasJobs(string name) => lanes.TryGetValue(name, out var lane) && lane.HasJobs;

    /// <summary>A job of the lane is being handled, until the returned object is disposed.</summary>
    public IDisposable? Enter(string name) => lanes.TryGetValue(name, out var lane) ? lane.Enter() : null;

    /// <summary>The lane with this name, or a new one made by <paramref name="made"/>.</summary>
    public Lane Of(string name, Func<LaneOpened> made) =>
        lanes.TryGetValue(name, out var known) ? known : lanes.GetOrAdd(name, _ => Make(made()));

    /// <summary>The announcement of the lane that jobs of an operation share if no more lanes may be created.</summary>
    public LaneOpened Shared(string operation) => new(topology.SharedLane(operation), concurrency);

    /// <summary>A job was sent to the lane.</summary>
    public void Filled(Lane lane)
    {
        RoundOf(lane).Join(lane);
        LeaveIdle();
    }

    /// <summary>
    /// Joins a lane that another worker has announced. Other names are ignored, because a forged announcement could
    /// name any queue.
    /// </summary>
    public Task Join(LaneOpened opened)
    {
        if (!IsFit(opened))
            return Task.CompletedTask;
        var lane = lanes.GetOrAdd(opened.Queue, _ => Make(opened));
        RoundOf(lane).Join(lane);
        return lane.Ready;
    }

    /// <summary>A job of the lane is here, which shows what the limit allows.</summary>
    public void Seen(string name, Job job, LimitKey key)
    {
        if (lanes.TryGetValue(name, out var lane))
            Seen(lane, job, key);
    }

    /// <inheritdoc cref="Seen(string, Job, LimitKey)"/>
    public void Seen(Lane lane, Job job, LimitKey key) =>
        RoundOf(lane).Allow(limiter.CallsIn(key, job.Request, LaneRound.Ahead));

    /// <summary>A job of the lane had its turn.</summary>
    public void Served(string name)
    {
        if (lanes.TryGetValue(name, out var lane))
            RoundOf(lane).Served(lane);
    }

    /// <summary>
    /// Leaves the lane's jobs in the broker for a time, if they would wait longer than a delivery may be held. A shared
    /// lane is not stopped.
    /// </summary>
    public void Rest(string name, TimeSpan time)
    {
        if (Own(name) is { } lane)
            _ = lane.Rest(time);
    }

    /// <summary>The same until the end of a credential's pause. False: the lane has jobs of several limits.</summary>
    public bool Rest(string name, CredentialPause pause)
    {
        if (Own(name) is not { } lane)
            return false;
        _ = lane.Rest(pause);
        return true;
    }

    public void Dispose()
    {
        limiter.Changed -= Wake;
        look.Dispose();
    }

    // One lane of the credential takes one job, which may test the credential.
    void Try(CredentialPause pause)
    {
        foreach (var lane in lanes.Values)
        {
            if (lane.Try(pause))
                return;
        }
    }

    // Jobs that wait long may be due at once.
    void Wake()
    {
        foreach (var lane in lanes.Values)
            lane.Wake();
    }

    Lane? Own(string name) => !IsShared(name) && lanes.TryGetValue(name, out var lane) ? lane : null;

    bool IsFit(LaneOpened opened) =>
        topology.IsOwnLane(opened.Queue) && (IsShared(opened.Queue) || names.AdmitAnnounced(opened.Queue));

    bool IsShared(string name) => name == topology.SharedLane(topology.OperationOf(name));

    void LeaveIdle()
    {
        foreach (var (name, lane) in lanes)
        {
            if (lane.Idle > LeaveAfter && lanes.TryRemove(name, out _))
            {
                RoundOf(lane).Leave(lane);
                _ = lane.Disconnect();
            }
        }
    }

    // Announcements of other versions do not name the lane's limit.
    LaneRound RoundOf(Lane lane) =>
        rounds.GetOrAdd(lane.Opened.Round ?? lane.Opened.Queue, _ => new(concurrency, clock));

    void Look()
    {
        foreach (var (_, round) in rounds)
            round.Look();
    }

    Lane Make(LaneOpened opened) => new(opened, lane => feeds.Open(topology.OperationOf(lane.Queue), lane), clock);
}
