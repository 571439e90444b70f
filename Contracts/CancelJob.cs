using System.ComponentModel.DataAnnotations;

namespace OpenAIWorker.Contracts;

/// <summary>
/// Cancels a job, the jobs of a group, or those of a tenant. Waiting jobs end as <see cref="OperationFailed"/> with
/// <see cref="FailureCodes.Cancelled"/> within seconds, or when their turn comes. Running calls are aborted, and may be
/// billed. If several members are set, a job must match all of them. Ended jobs do not change. The request is
/// remembered for a day: a job or group with that id that is sent in this time is cancelled too.
/// </summary>
public sealed record CancelJob
{
    /// <summary>The job, as its request named it.</summary>
    [Needed("group", "tenant"), StringLength(256)]
    public string? JobId { get; init; }

    /// <summary>The id of a <see cref="JobGroup"/>.</summary>
    [StringLength(256)]
    public string? Group { get; init; }

    /// <summary>
    /// The tenant, as <c>metadata</c> names it under the key <c>Limits:Tenant</c>. If it is the only member: all jobs
    /// of the tenant that were sent before this message, which then needs a timestamp.
    /// </summary>
    public string? Tenant { get; init; }
}
