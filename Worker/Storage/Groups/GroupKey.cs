namespace OpenAIWorker.Storage.Groups;

/// <summary>Identifies a group. Senders choose the ids, as for jobs.</summary>
/// <param name="Id">The group's id.</param>
/// <param name="Tenant">Its tenant; empty if it has none.</param>
readonly record struct GroupKey(string Id, string Tenant) : IComparable<GroupKey>
{
    public int CompareTo(GroupKey other) => string.CompareOrdinal(Id, other.Id) is not 0 and var order
        ? order
        : string.CompareOrdinal(Tenant, other.Tenant);
}

/// <summary>A group as a job names it.</summary>
/// <param name="Key">The group.</param>
/// <param name="Size">The number of its jobs.</param>
readonly record struct NamedGroup(GroupKey Key, int Size);
