using System.Numerics;
using OpenAIWorker.Delivery.Endpoints;

namespace OpenAIWorker.Delivery.Lanes;

/// <summary>
/// The lanes of one limit, which take turns at being consumed. Few jobs are taken from each lane at once, and only from
/// lanes whose turn comes soon. The other lanes wait in a ring, and their jobs stay in the broker. So a lane waits only
/// for its turn, not for jobs of others in this worker's memory.
/// </summary>
/// <param name="most">The largest prefetch of a lane.</param>
/// <param name="clock">The clock.</param>
sealed class LaneRound(int most, TimeProvider clock)
{
    /// <summary>
    /// A lane is consumed about this long before its turn, which is less than a delivery may be held.
    /// </summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromMinutes(2);

    // The part of a lane's jobs for this time that is taken at once.
    const double PartAtOnce = 0.25;

    // A worker that starts knows its lanes before their limit.
    const double UntilKnown = 100;

    // The broker needs a moment to deliver the first job.
    static readonly TimeSpan Empty = TimeSpan.FromSeconds(2);

    // Another worker may have filled it.
    static readonly TimeSpan AsleepFor = TimeSpan.FromMinutes(1);

    // Each new lane makes the others' parts smaller. Changing a consumer costs the broker as much as starting one, and
    // new lanes go first.
    internal const int ReadAnewAtOnce = 20;

    readonly Lock guard = new();
    readonly LinkedList<Lane> standing = [];
    readonly Dictionary<Lane, Seat> open = [];
    readonly Dictionary<Lane, long> asleep = [];
    double calls = UntilKnown;

    /// <summary>The number of consumed lanes, and of those that wait for their turn.</summary>
    public (int Open, int Standing) Count
    {
        get
        {
            lock (guard)
                return (open.Count, standing.Count);
        }
    }

    /// <summary>A lane has jobs.</summary>
    public void Join(Lane lane)
    {
        lock (guard)
        {
            asleep.Remove(lane);
            if (open.ContainsKey(lane) || standing.Contains(lane))
                return;
            Stand(lane);
            Fill();
        }
    }

    /// <summary>Sets how many calls the limit allows within <see cref="Ahead"/>.</summary>
    public void Allow(double number)
    {
        lock (guard)
            calls = Math.Max(1, number);
    }

    /// <summary>A job of the lane had its turn: if others wait, the next turn is theirs.</summary>
    public void Served(Lane lane)
    {
        lock (guard)
        {
            if (standing.Count == 0 || !open.TryGetValue(lane, out var seat) || ++seat.Served < lane.Weight)
                return;
            open.Remove(lane);
            Stand(lane);
            Fill();
        }
    }

    /// <summary>
    /// Handles what changes with time: lanes without jobs, and prefetches that have become too large or too small.
    /// </summary>
    public void Look()
    {
        lock (guard)
        {
            foreach (var (lane, _) in asleep.Where(lane => clock.GetElapsedTime(lane.Value) > AsleepFor).ToList())
            {
                asleep.Remove(lane);
                Stand(lane);
            }
            if (standing.Count > 0)
            {
                foreach (var (lane, seat) in open.Where(lane =>
                    clock.GetElapsedTime(lane.Value.Since) > Empty && lane.Key.Idle > Empty).ToList())
                {
                    open.Remove(lane);
                    asleep[lane] = clock.GetTimestamp();
                    _ = lane.Disconnect();
                }
            }
            Fill();
            foreach (var (lane, seat) in open.Where(lane =>
                PrefetchOf(lane.Key) is var wanted
                    && (wanted >= 2 * lane.Value.Prefetch || 2 * wanted <= lane.Value.Prefetch)).Take(ReadAnewAtOnce)
                        .ToList())
                Open(lane);
        }
    }

    /// <summary>Removes the lane.</summary>
    public void Leave(Lane lane)
    {
        lock (guard)
        {
            open.Remove(lane);
            standing.Remove(lane);
            asleep.Remove(lane);
            Fill();
        }
    }

    void Stand(Lane lane)
    {
        standing.AddLast(lane);
        lane.Stand();
    }

    void Fill()
    {
        while (open.Count < calls && standing.First is { Value: var next })
        {
            standing.RemoveFirst();
            Open(next);
        }
    }

    void Open(Lane lane)
    {
        var prefetch = PrefetchOf(lane);
        open[lane] = new(prefetch, clock.GetTimestamp());
        lane.Open(prefetch);
    }

    // Running calls count too, so it is at least a few if the limit allows that. Powers of two, because the broker must
    // be told each different number before the lane is consumed.
    int PrefetchOf(Lane lane)
    {
        var part = calls * PartAtOnce * lane.Weight / Math.Max(1, open.Count + standing.Count);
        return (int)Math.Clamp(BitOperations.RoundUpToPowerOf2((uint)Math.Ceiling(Math.Min(most, part))), 1, most);
    }

    sealed class Seat(int prefetch, long since)
    {
        public int Prefetch => prefetch;

        public long Since => since;

        public int Served { get; set; }
    }
}
