namespace OpenAIWorker.Storage.Records;

/// <summary>Identifies a record. Senders choose the ids, and the same id of another tenant is another job.</summary>
/// <param name="Id">The job's id.</param>
/// <param name="Tenant">Its tenant; empty if it has none.</param>
readonly record struct JobKey(string Id, string Tenant) : IComparable<JobKey>
{
    public int CompareTo(JobKey other) => string.CompareOrdinal(Id, other.Id) is not 0 and var order
        ? order
        : string.CompareOrdinal(Tenant, other.Tenant);
}
