namespace OpenAIWorker.Storage.Records;

/// <summary>Selects records to delete. A null member selects all.</summary>
/// <param name="Id">The record of this job.</param>
/// <param name="Tenant">The records of this tenant.</param>
/// <param name="Group">The records of this group.</param>
sealed record JobPurge(string? Id, string? Tenant, string? Group = null)
{
    public IEnumerable<string> Conditions => Given("job_id = @job", "tenant = @tenant", "group_id = @group");

    /// <summary>The groups to delete; null if a single job is selected.</summary>
    public string? OfGroups => Id is null && (Tenant ?? Group) is not null
        ? string.Join(" AND ", Given("", "tenant = @tenant", "id = @group"))
        : null;

    public (string Name, object? Value)[] Parameters =>
    [
        .. new (string Name, object? Value)[] { ("job", Id), ("tenant", Tenant), ("group", Group) }
            .Where(parameter => parameter.Value is not null),
    ];

    IEnumerable<string> Given(string job, string tenant, string group)
    {
        if (Id is not null)
            yield return job;
        if (Tenant is not null)
            yield return tenant;
        if (Group is not null)
            yield return group;
    }
}
