namespace OpenAIWorker.Storage.Records;

/// <summary>
/// Which record: ids are the senders' to choose, and those of one tenant say nothing about another's.
/// </summary>
/// <param name="Id">The job's id.</param>
/// <param name="Tenant">Its tenant; empty where there is none.</param>
readonly record struct JobKey(string Id, string Tenant) : IComparable<JobKey>
{
    public int CompareTo(JobKey other) => string.CompareOrdinal(Id, other.Id) is not 0 and var order
        ? order
        : string.CompareOrdinal(Tenant, other.Tenant);
}
