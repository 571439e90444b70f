using System.Collections.Concurrent;
using MassTransit;
using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Admission;
using OpenAIWorker.Delivery.Endpoints;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Settlement;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Limits;

namespace OpenAIWorker.Delivery.Lanes;

/// <summary>
/// Queues of their own for the jobs of one limit and tenant, made when such jobs would have to wait. A job moves there once, keeps its
/// place, and stands in nobody's way; the workers take it from there as fast as the limit allows, whatever the limit becomes.
/// </summary>
sealed class LaneRouter : IDisposable
{
    // A lane's job waits in memory for so long at most: this and the longest call stay below RabbitMQ's consumer timeout of 30 minutes.
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    static readonly TimeSpan AnnounceEvery = TimeSpan.FromMinutes(5);
    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    static readonly TimeSpan LeaveAfter = 3 * AnnounceEvery;

    readonly ConcurrentDictionary<string, Lane> lanes = new();
    readonly ConcurrentDictionary<string, LaneRound> rounds = new();
    readonly ITimer look;
    readonly LaneNames names;
    readonly IServiceProvider services;
    readonly QueueNames topology;
    readonly RateLimiter limiter;
    readonly LimitMetrics metrics;
    readonly ITransport transport;
    readonly JobEnd end;
    readonly IOptions<DeliveryOptions> options;
    readonly TimeProvider clock;

    public LaneRouter(
        IServiceProvider services, QueueNames topology, RateLimiter limiter, LimitMetrics metrics, ITransport transport, JobEnd end, CredentialGate gate, IOptions<LimitsOptions> limits,
        IOptions<DeliveryOptions> options, TimeProvider clock)
    {
        (this.services, this.topology, this.limiter, this.metrics, this.transport, this.end, this.options, this.clock) =
            (services, topology, limiter, metrics, transport, end, options, clock);
        names = new(limits.Value.MaxGroups, clock);
        gate.TrialOffered += Try;
        limiter.Changed += Wake;
        look = clock.CreateTimer(_ => Look(), null, LookEvery, LookEvery);
    }

    /// <summary>The lane of a job.</summary>
    public string NameFor(Job job, LimitKey key) => topology.Lane(job.Operation, key.Credential, key.Group, limiter.TenantOf(job.Request));

    /// <summary>Whether jobs wait in the lane already.</summary>
    public bool HasJobs(string name) => lanes.TryGetValue(name, out var lane) && lane.HasJobs;

    /// <summary>A job of a lane is being dealt with, until what is returned is disposed.</summary>
    public IDisposable? Enter(string name) => lanes.TryGetValue(name, out var lane) ? lane.Enter() : null;

    /// <summary>Moves the job to its lane, or to that of all for which there are none any more.</summary>
    public async Task Send<T>(ConsumeContext<T> context, Job job, LimitKey key, string wanted) where T : class
    {
        var isOwn = names.Admit(wanted);
        var name = isOwn ? wanted : topology.SharedLane(job.Operation);
        var lane = lanes.GetOrAdd(name, name => Make(isOwn ? OpenedFor(name, job, key) : new(name, options.Value.Concurrency)));
        await lane.Declared(() => transport.Open(context.ReceiveContext, name)).WaitAsync(context.CancellationToken);
        lane.Touch();
        Allow(lane, job, key);
        if (lane.IsToBeAnnounced(AnnounceEvery))
            await transport.Announce(context.ReceiveContext, lane.Opened);
        await end.Queue(context, job, name, limiter.Ahead(key, job.Request));
        RoundOf(lane).Join(lane);
        metrics.Parked(key);
        LeaveIdle();
    }

    /// <summary>Leaves the job to its lane, which nobody reads until the credential's pause is over. It holds no place, and what came first stays first.</summary>
    public async Task Hold<T>(ConsumeContext<T> context, Job job, LimitKey key, Pause pause) where T : class
    {
        var here = QueueNames.QueueOf(context.ReceiveContext);
        if (QueueNames.IsLane(here) && !IsShared(here) && lanes.TryGetValue(here, out var resting))
        {
            _ = resting.Rest(pause);
            await end.GiveBack(context, job, here);
            return;
        }
        var own = NameFor(job, key);
        // A lane that is shared is not its own to stop.
        if (QueueNames.IsLane(here) || !names.Admit(own))
        {
            await end.Park(context, job, null, pause.NextProbe > clock.GetUtcNow() ? pause.NextProbe : clock.GetUtcNow() + options.Value.ProbeInterval);
            return;
        }
        var lane = lanes.GetOrAdd(own, name => Make(OpenedFor(name, job, key)));
        await lane.Declared(() => transport.Open(context.ReceiveContext, own)).WaitAsync(context.CancellationToken);
        _ = lane.Rest(pause);
        lane.Touch();
        if (lane.IsToBeAnnounced(AnnounceEvery))
            await transport.Announce(context.ReceiveContext, lane.Opened);
        await end.Park(context, job, own, pause.NextProbe);
        RoundOf(lane).Join(lane);
        LeaveIdle();
    }

    /// <summary>Takes part in a lane that another worker has announced. What is none is let be: whoever can write the announcement could name any queue.</summary>
    public Task Join(LaneOpened opened)
    {
        if (!IsFit(opened))
            return Task.CompletedTask;
        var lane = lanes.GetOrAdd(opened.Queue, _ => Make(opened));
        RoundOf(lane).Join(lane);
        return lane.Ready;
    }

    /// <summary>A job of the lane is here, by which it is seen what the limit allows.</summary>
    public void Seen(string name, Job job, LimitKey key)
    {
        if (lanes.TryGetValue(name, out var lane))
            Allow(lane, job, key);
    }

    /// <summary>A job of the lane has had its turn.</summary>
    public void Served(string name)
    {
        if (lanes.TryGetValue(name, out var lane))
            RoundOf(lane).Served(lane);
    }

    /// <summary>Leaves the lane's jobs in the broker for a time, when it would be longer than a delivery may be held. Not those of others with them.</summary>
    public void Rest(string name, TimeSpan time)
    {
        if (!IsShared(name) && lanes.TryGetValue(name, out var lane))
            _ = lane.Rest(time);
    }

    /// <summary>One lane of the credential brings a job, which may try whether it works again.</summary>
    void Try(Pause pause)
    {
        foreach (var lane in lanes.Values)
        {
            if (lane.Try(pause))
                return;
        }
    }

    // Jobs that wait for long may be due at once.
    void Wake()
    {
        foreach (var lane in lanes.Values)
            lane.Wake();
    }

    public void Dispose()
    {
        limiter.Changed -= Wake;
        look.Dispose();
    }

    bool IsFit(LaneOpened opened) => topology.IsOwnLane(opened.Queue) && (IsShared(opened.Queue) || names.AdmitAnnounced(opened.Queue));

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

    LaneOpened OpenedFor(string name, Job job, LimitKey key) =>
        new(name, 1) { Round = $"{job.Operation} {key.Credential} {key.Group}", Weight = limiter.WeightOf(limiter.TenantOf(job.Request)) };

    void Allow(Lane lane, Job job, LimitKey key) => RoundOf(lane).Allow(limiter.CallsIn(key, job.Request, LaneRound.Ahead));

    // Lanes that other versions announced do not say which limit they are of.
    LaneRound RoundOf(Lane lane) => rounds.GetOrAdd(lane.Opened.Round ?? lane.Opened.Queue, _ => new(options.Value.Concurrency, clock));

    void Look()
    {
        foreach (var (_, round) in rounds)
            round.Look();
    }

    Lane Make(LaneOpened opened) => new(opened, Connect, clock);

    ILaneFeed Connect(LaneOpened opened) => LaneEndpoints.Connect(services, topology.OperationOf(opened.Queue), opened);
}
