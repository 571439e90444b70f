using System.Diagnostics.CodeAnalysis;

namespace OpenAIWorker.Limits;

/// <summary>Calls that wait for their turn: first come, first served within a tenant, and the tenants one after the other.</summary>
sealed class TurnQueue
{
    readonly Dictionary<string, LinkedList<Waiting>> tenants = [];
    readonly LinkedList<string> order = [];

    /// <summary>What all of them will spend.</summary>
    public Spending Total { get; private set; }

    public int Count { get; private set; }

    public LinkedListNode<Waiting> Add(Waiting waiting)
    {
        if (!tenants.TryGetValue(waiting.Tenant, out var line))
        {
            tenants.Add(waiting.Tenant, line = []);
            order.AddLast(waiting.Tenant);
        }
        Total += waiting.Spending;
        Count++;
        return line.AddLast(waiting);
    }

    public bool TryPeek([NotNullWhen(true)] out Waiting? next)
    {
        next = order.First is { } tenant ? tenants[tenant.Value].First!.Value : null;
        return next is not null;
    }

    /// <summary>Takes the next, after which it is the next tenant's turn.</summary>
    public void Dequeue()
    {
        var tenant = order.First!;
        order.RemoveFirst();
        order.AddLast(tenant);
        Remove(tenants[tenant.Value].First!);
    }

    public void Remove(LinkedListNode<Waiting> node)
    {
        if (node.List is not { } line)
            return;
        line.Remove(node);
        Total = Count == 1 ? Spending.Nothing : Total - node.Value.Spending;
        Count--;
        if (line.Count > 0)
            return;
        tenants.Remove(node.Value.Tenant);
        order.Remove(node.Value.Tenant);
    }

    /// <summary>Those who will not wait so long, taken out.</summary>
    public IReadOnlyList<Waiting> RemoveImpatient(TimeSpan wait)
    {
        var impatient = new List<Waiting>();
        foreach (var line in tenants.Values.ToList())
        {
            for (var node = line.First; node is not null;)
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
}

/// <summary>A call that waits.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Estimate">Its tokens.</param>
/// <param name="Spending">What it will use of the budget.</param>
/// <param name="Patience">How long it will wait.</param>
/// <param name="Company">How many others it will wait with.</param>
/// <param name="Since">When it came.</param>
sealed record Waiting(string Tenant, TokenEstimate Estimate, Spending Spending, TimeSpan Patience, int Company, DateTimeOffset Since)
{
    /// <summary>Makes what ends the waiting, for a call that has to wait.</summary>
    public Func<CancellationToken>? End { get; init; }

    // Whoever grants a turn must not run the call within the lock.
    public TaskCompletionSource<Turn?> Granted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
