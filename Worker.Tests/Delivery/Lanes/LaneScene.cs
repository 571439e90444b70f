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

    readonly FakeTimeProvider clock = new();
    readonly LimitGroup group;
    readonly List<Backlog> backlogs = [];
    readonly List<(Task<RateLimitLease?> Ask, Backlog Of)> asked = [];
    readonly List<(RateLimitLease Turn, Backlog Of)> running = [];

    public LaneScene(int requestsPerMinute)
    {
        group = new(new(), new() { RequestsPerMinute = requestsPerMinute }, () => { }, clock, () => 0.5);
        group.Divide(1);
        Round = new(most: 32, clock);
        Round.Allow(requestsPerMinute * LaneRound.Ahead.TotalMinutes);
    }

    public LaneRound Round { get; }

    /// <summary>The most jobs that were out of the broker at once.</summary>
    public int MostInHand { get; private set; }

    /// <summary>Jobs that were given back because their turn was too far away.</summary>
    public int GivenBack { get; private set; }

    /// <summary>Who had a turn, and when.</summary>
    public List<(string Tenant, TimeSpan At)> Turns { get; } = [];

    public void Add(string tenant, int jobs, int weight = 1)
    {
        var backlog = new Backlog(this, tenant, jobs, weight);
        backlogs.Add(backlog);
        Round.Join(backlog.Lane);
    }

    public async Task Pass(TimeSpan time)
    {
        var began = clock.GetUtcNow();
        while (clock.GetUtcNow() - began < time)
        {
            foreach (var (turn, of) in running)
            {
                turn.End(new(false, false, null, Step, null, null));
                of.Ended();
            }
            running.Clear();
            foreach (var backlog in backlogs)
                backlog.Pump();
            MostInHand = Math.Max(MostInHand, asked.Count);
            clock.Advance(Step);
            if (clock.GetUtcNow().Millisecond == 0)
                Round.Look();
            await Granted();
        }
    }

    public void Dispose() => group.Dispose();

    // A grant is told on another thread; the group's own count says how many there are.
    async Task Granted()
    {
        while (group.Load.Waiting < asked.Count)
        {
            await Task.WhenAny(asked.Select(one => one.Ask));
            foreach (var one in asked.Where(one => one.Ask.IsCompleted).ToList())
            {
                asked.Remove(one);
                if (await one.Ask is { } turn)
                {
                    running.Add((turn, one.Of));
                    Turns.Add((one.Of.Tenant, turn.Granted - DateTimeOffset.UnixEpoch));
                    Round.Served(one.Of.Lane);
                }
                else
                {
                    GivenBack++;
                    one.Of.Ended();
                }
            }
        }
    }

    sealed class Backlog
    {
        readonly LaneScene scene;
        readonly int weight;
        int left;
        int inHand;
        readonly Stack<IDisposable> here = new();
        Feed? feed;

        public Backlog(LaneScene scene, string tenant, int jobs, int weight)
        {
            (this.scene, Tenant, left, this.weight) = (scene, tenant, jobs, weight);
            Lane = new(new(tenant, 1) { Weight = weight }, opened => feed = new(opened.Prefetch), scene.clock);
        }

        public string Tenant { get; }

        public Lane Lane { get; }

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
                scene.asked.Add((scene.group.Wait(new(Tenant, default, new(1, 0), WorkerLanes.Patience, int.MaxValue,
                    Steady.Now(scene.clock))
                { Weight = weight }, CancellationToken.None), this));
            }
        }
    }

    sealed class Feed(int prefetch) : ILaneFeed
    {
        public int Prefetch => prefetch;

        public bool IsStopped { get; private set; }

        public Task Ready => Task.CompletedTask;

        public Task Stop()
        {
            IsStopped = true;
            return Task.CompletedTask;
        }
    }
}
