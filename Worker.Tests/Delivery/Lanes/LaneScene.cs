using Microsoft.Extensions.Time.Testing;
using OpenAIWorker.Delivery.Endpoints;
using OpenAIWorker.Delivery.Lanes;
using OpenAIWorker.Limits;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Tests.Delivery.Lanes;

/// <summary>
/// Lanes full of jobs behind one limit, read as a worker reads them, on a clock that the test moves. A call takes 100
/// ms.
/// </summary>
sealed class LaneScene : IDisposable
{
    static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan MaxHold = TimeSpan.FromSeconds(2);
    const int Company = 4;

    readonly FakeTimeProvider clock = new();
    readonly LimitGroup group;
    readonly List<Backlog> backlogs = [];
    readonly Dictionary<string, Backlog> dealt = [];
    readonly List<(Task<RateLimitLease?> Ask, Backlog Of, bool IsHeld)> asked = [];
    readonly List<(RateLimitLease Turn, Backlog? Of)> running = [];

    public LaneScene(int requestsPerMinute)
    {
        group = new(new(), new() { RequestsPerMinute = requestsPerMinute }, () => { }, clock, () => 0.5);
        group.Divide(1);
        Round = new(most: 32, clock);
        Round.Allow(requestsPerMinute * LaneRound.Ahead.TotalMinutes);
    }

    public LaneRound Round { get; }

    /// <summary>The largest number of jobs that were out of the broker at once.</summary>
    public int MostInHand { get; private set; }

    /// <summary>Jobs that were returned because their turn was too far away.</summary>
    public int GivenBack { get; private set; }

    /// <summary>The turns, with tenant and time.</summary>
    public List<(string Tenant, TimeSpan At)> Turns { get; } = [];

    public void Add(string tenant, int jobs, int weight = 1)
    {
        var backlog = new Backlog(this, tenant, jobs, weight);
        backlogs.Add(backlog);
        Round.Join(backlog.Lane);
    }

    /// <summary>
    /// Jobs come by the operation's queue. Those that are not called at once move to lanes, each of which is read some
    /// time after its first job has come.
    /// </summary>
    public async Task Deal(IEnumerable<string> tenants, int perSecond, TimeSpan lag)
    {
        foreach (var jobs in tenants.Chunk((int)(perSecond * Step.TotalSeconds)))
        {
            foreach (var tenant in jobs)
            {
                if (!dealt.TryGetValue(tenant, out var backlog))
                    dealt.Add(tenant, backlog = new(this, tenant, 0, 1));
                if (backlog.HasJobs)
                    backlog.Put(lag);
                else
                    asked.Add((Ask(backlog, MaxHold, Company), backlog, true));
                await Granted(lag);
            }
            await Pass(Step, lag);
        }
    }

    public Task Pass(TimeSpan time) => Pass(time, TimeSpan.Zero);

    async Task Pass(TimeSpan time, TimeSpan lag)
    {
        var began = clock.GetUtcNow();
        while (clock.GetUtcNow() - began < time)
        {
            foreach (var (turn, of) in running)
            {
                turn.End(new(false, false, null, Step, null, null));
                of?.Ended();
            }
            running.Clear();
            foreach (var backlog in backlogs.Where(backlog => backlog.IsRead()))
                backlog.Pump();
            MostInHand = Math.Max(MostInHand, asked.Count);
            clock.Advance(Step);
            if (clock.GetUtcNow().Millisecond == 0)
                Round.Look();
            await Granted(lag);
        }
    }

    public void Dispose() => group.Dispose();

    // A grant is reported on another thread; the group's own count is exact.
    async Task Granted(TimeSpan lag)
    {
        while (group.Load.Waiting < asked.Count)
        {
            await Task.WhenAny(asked.Select(one => one.Ask));
            foreach (var one in asked.Where(one => one.Ask.IsCompleted).ToList())
            {
                asked.Remove(one);
                if (await one.Ask is { } turn)
                {
                    running.Add((turn, one.IsHeld ? null : one.Of));
                    Turns.Add((one.Of.Tenant, turn.Granted - DateTimeOffset.UnixEpoch));
                    Round.Served(one.Of.Lane);
                }
                else if (one.IsHeld)
                {
                    one.Of.Put(lag);
                }
                else
                {
                    GivenBack++;
                    one.Of.Ended();
                }
            }
        }
    }

    Task<RateLimitLease?> Ask(Backlog of, TimeSpan patience, int company) => group.Wait(
        new(of.Tenant, default, new(1, 0), patience, company, Steady.Now(clock)) { Weight = of.Weight },
        CancellationToken.None);

    sealed class Backlog
    {
        readonly LaneScene scene;
        DateTimeOffset? readFrom;
        int left;
        int inHand;
        readonly Stack<IDisposable> here = new();
        SceneFeed? feed;

        public Backlog(LaneScene scene, string tenant, int jobs, int weight)
        {
            (this.scene, Tenant, left, Weight) = (scene, tenant, jobs, weight);
            Lane = new(new(tenant, 1) { Weight = weight }, opened => feed = new(opened.Prefetch), scene.clock);
        }

        public string Tenant { get; }

        public Lane Lane { get; }

        public int Weight { get; }

        public bool HasJobs => left + inHand > 0;

        /// <summary>A job comes to the lane, which is read after a time if it was not yet.</summary>
        public void Put(TimeSpan lag)
        {
            left++;
            if (readFrom is not null)
                return;
            readFrom = scene.clock.GetUtcNow() + lag;
            scene.backlogs.Add(this);
        }

        public bool IsRead()
        {
            if (readFrom is null || scene.clock.GetUtcNow() < readFrom)
                return readFrom is null;
            if (feed is null)
                scene.Round.Join(Lane);
            return true;
        }

        public void Ended()
        {
            inHand--;
            here.Pop().Dispose();
        }

        public void Pump()
        {
            while (left > 0 && feed is { IsStopped: false } open && inHand < open.Prefetch)
            {
                (left, inHand) = (left - 1, inHand + 1);
                here.Push(Lane.Enter());
                scene.asked.Add((scene.Ask(this, WorkerLanes.Patience, int.MaxValue), this, false));
            }
        }
    }
}
