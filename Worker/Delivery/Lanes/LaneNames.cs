using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Delivery.Lanes;

/// <summary>
/// The existing lanes. Senders can invent names of models and tenants, and each lane is a queue that the broker keeps
/// for 31 days, so their number is limited. Workers announce their lanes to each other, so that all of them apply the
/// same limit.
/// </summary>
sealed class LaneNames(int most, TimeProvider clock)
{
    readonly Lock guard = new();
    readonly Dictionary<string, DateTimeOffset> used = [];

    /// <summary>Whether the lane exists or may be created.</summary>
    public bool Admit(string name) => Admit(name, most);

    /// <summary>
    /// Whether to join a lane that another worker announces. Twice the limit, because several workers may have created
    /// their last ones at once.
    /// </summary>
    public bool AdmitAnnounced(string name) => Admit(name, 2 * most);

    bool Admit(string name, int bound)
    {
        var now = Steady.Now(clock);
        lock (guard)
        {
            if (used.Count >= bound && !used.ContainsKey(name) && !ForgetDeleted(now, bound))
                return false;
            used[name] = now;
            return true;
        }
    }

    // The broker deletes lanes that were unused for this time.
    bool ForgetDeleted(DateTimeOffset now, int bound)
    {
        foreach (var (name, _) in used.Where(lane => now - lane.Value > QueueArguments.LanesKept).ToList())
            used.Remove(name);
        return used.Count < bound;
    }
}
