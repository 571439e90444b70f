using System.Diagnostics.CodeAnalysis;
using OpenAIWorker.Limits.Estimates;

namespace OpenAIWorker.Limits;

/// <summary>
/// Calls that wait for their turn: in order of arrival within a tenant, and the tenants in turn, by weight. Each turn
/// moves its tenant forward by 1 ÷ weight, and the tenant that is furthest back has the next turn. So a tenant that
/// arrives late, or returns, neither overtakes the others nor is delayed for the turns that it missed. At the same
/// position, a tenant without a turn in this round is before tenants that had one.
/// </summary>
sealed class WaitQueue
{
    const int PrunedAt = 1_000;
    const int Most = 10_000;

    readonly Dictionary<string, Line> tenants = [];
    readonly SortedSet<Line> order = new(Comparer<Line>.Create((one, other) => one.Turn.CompareTo(other.Turn)));
    readonly SortedSet<LinkedListNode<Waiting>> held =
        new(Comparer<LinkedListNode<Waiting>>.Create((one, other) => one.Value.Turn.CompareTo(other.Value.Turn)));
    double reached;
    long number;
    int pruneAt = PrunedAt;

    /// <summary>What all of them will spend.</summary>
    public Spending Total { get; private set; }

    public int Count { get; private set; }

    /// <summary>The number of remembered tenants.</summary>
    public int Tenants => tenants.Count;

    public LinkedListNode<Waiting> Add(Waiting waiting)
    {
        if (!tenants.TryGetValue(waiting.Tenant, out var line))
            tenants.Add(waiting.Tenant, line = new());
        var node = line.Calls.AddLast(waiting);
        if (line.Calls.Count == 1)
            Stand(line, Math.Max(reached, line.Place), isNew: line.IsNew || line.Place < reached);
        if (waiting.IsHeld)
        {
            var place = line.Place + (line.Calls.Count - 1.0) / waiting.Weight;
            waiting.Turn = (place, !line.IsNew, ++number);
            held.Add(node);
        }
        Total += waiting.Spending;
        Count++;
        return node;
    }

    public bool TryPeek([NotNullWhen(true)] out Waiting? next)
    {
        next = order.Min?.Calls.First!.Value;
        return next is not null;
    }

    /// <summary>Removes the next call, and moves its tenant forward.</summary>
    public void Dequeue()
    {
        var line = order.Min!;
        var first = line.Calls.First!;
        reached = line.Place;
        Remove(first);
        order.Remove(line);
        (line.Place, line.IsNew) = (line.Place + 1.0 / first.Value.Weight, false);
        if (line.Calls.Count > 0)
            Stand(line, line.Place, isNew: false);
        Prune();
    }

    /// <summary>The calls whose turns are before a call that arrives now.</summary>
    public IEnumerable<Waiting> Before(Waiting other)
    {
        var place = reached;
        if (tenants.TryGetValue(other.Tenant, out var own))
            place = Math.Max(reached, own.Place) + (double)own.Calls.Count / other.Weight;
        foreach (var line in order.TakeWhile(line => line.Place <= place))
        {
            var turn = line.Place;
            for (var node = line.Calls.First; node is not null && turn <= place; node = node.Next)
            {
                yield return node.Value;
                turn += 1.0 / node.Value.Weight;
            }
        }
    }

    /// <summary>
    /// Removes and returns the held call with the last turn, if more are held than it accepts beside it.
    /// </summary>
    public Waiting? RemoveCrowding()
    {
        if (held.Max is not { } last || held.Count - 1 <= last.Value.Company)
            return null;
        Remove(last);
        return last.Value;
    }

    public void Remove(LinkedListNode<Waiting> node)
    {
        if (node.List is not { } calls)
            return;
        calls.Remove(node);
        if (node.Value.IsHeld)
            held.Remove(node);
        Total = Count == 1 ? Spending.Nothing : Total - node.Value.Spending;
        Count--;
        if (calls.Count == 0)
            order.Remove(tenants[node.Value.Tenant]);
    }

    /// <summary>Removes and returns the calls that will not wait that long.</summary>
    public IReadOnlyList<Waiting> RemoveImpatient(TimeSpan wait)
    {
        var impatient = new List<Waiting>();
        foreach (var line in order.ToList())
        {
            for (var node = line.Calls.First; node is not null;)
            {
                var next = node.Next;
                if (node.Value.Patience < wait)
                {
                    impatient.Add(node.Value);
                    Remove(node);
                }
                node = next;
            }
        }
        return impatient;
    }

    // Of tenants at the same position, the one that arrived there first.
    void Stand(Line line, double place, bool isNew)
    {
        (line.Place, line.IsNew, line.Number) = (place, isNew, ++number);
        order.Add(line);
    }

    // Senders can invent names of tenants. A tenant that all others have caught up with counts as a new one.
    void Prune()
    {
        if (tenants.Count < pruneAt)
            return;
        // If there are too many, their positions are forgotten.
        foreach (var (name, _) in tenants.Where(tenant => tenant.Value.Calls.Count == 0
            && (tenant.Value.Place <= reached || order.Count == 0 || tenants.Count > Most)).ToList())
            tenants.Remove(name);
        pruneAt = Math.Max(PrunedAt, 2 * tenants.Count);
    }

    sealed class Line
    {
        public LinkedList<Waiting> Calls { get; } = [];

        public double Place { get; set; }

        /// <summary>It has had no turn in this round.</summary>
        public bool IsNew { get; set; } = true;

        public long Number { get; set; }

        public (double, bool, long) Turn => (Place, !IsNew, Number);
    }
}

/// <summary>A call that waits.</summary>
/// <param name="Tenant">Its tenant.</param>
/// <param name="Estimate">Its tokens.</param>
/// <param name="Spending">What it will use of the budget.</param>
/// <param name="Patience">The longest wait.</param>
/// <param name="Company">The largest number of others like it that may wait.</param>
/// <param name="Since">When it arrived.</param>
sealed record Waiting(string Tenant, TokenEstimate Estimate, Spending Spending, TimeSpan Patience, int Company,
    DateTimeOffset Since)
{
    /// <summary>The number of its tenant's turns for each turn of a tenant of weight 1.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>Whether it delays other jobs while it waits, because it holds one of their slots.</summary>
    public bool IsHeld => Company < int.MaxValue;

    /// <summary>Its place among the held calls.</summary>
    public (double Place, bool HasHadTurns, long Number) Turn { get; set; }

    /// <summary>Creates a token that ends the wait, for a call that must wait.</summary>
    public Func<CancellationToken>? End { get; init; }

    // The thread that grants a turn holds the lock, and must not run the call.
    public TaskCompletionSource<RateLimitLease?> Granted { get; } =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
}
