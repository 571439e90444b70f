using System.ComponentModel.DataAnnotations;

namespace OpenAIWorker.Contracts;

/// <summary>
/// Gives up a job, the jobs of a group, or those of a tenant: what waits ends as <see cref="OperationFailed"/> with
/// <see cref="FailureCodes.Cancelled"/> within seconds, or when it comes up, and calls that run are aborted (and may be
/// billed). Where several members are given, jobs are meant that fit all of them. What has ended is not touched.
/// Remembered for a day: a job or group of that id that is sent meanwhile is cancelled too.
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
    /// The tenant, as the key of <c>Limits:Tenant</c> names it in <c>metadata</c>. Alone: all jobs of the tenant that
    /// were sent before this message, which has to have a timestamp then.
    /// </summary>
    public string? Tenant { get; init; }
}
