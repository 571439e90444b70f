namespace OpenAIWorker.Storage.Groups;

/// <summary>Which group: ids are the senders' to choose, as those of jobs are.</summary>
/// <param name="Id">The group's id.</param>
/// <param name="Tenant">Its tenant; empty where there is none.</param>
readonly record struct GroupKey(string Id, string Tenant) : IComparable<GroupKey>
{
    public int CompareTo(GroupKey other) => string.CompareOrdinal(Id, other.Id) is not 0 and var order
        ? order
        : string.CompareOrdinal(Tenant, other.Tenant);
}

/// <summary>A group as a job names it.</summary>
/// <param name="Key">Which.</param>
/// <param name="Size">How many jobs it has.</param>
readonly record struct NamedGroup(GroupKey Key, int Size);
