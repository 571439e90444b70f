using System.Text;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Bodies;
using OpenAIWorker.Delivery.Messages;

namespace OpenAIWorker.Delivery.Cancelling;

/// <summary>
/// Which jobs a <see cref="CancelJob"/> means, as hashes, which are all of one size however long an id is. What is
/// empty means all.
/// </summary>
/// <param name="Job">The id of a job.</param>
/// <param name="Group">The id of a group.</param>
/// <param name="Tenant">A tenant.</param>
readonly record struct CancelTarget(Guid Job, Guid Group, Guid Tenant)
{
    /// <summary>A tenant goes on to send jobs: those that come later are not meant.</summary>
    public bool IsTenantAlone => this is { Job: var job, Group: var group } && job == Guid.Empty && group == Guid.Empty;

    public static CancelTarget OfJob(string job) => new(HashOf(job), default, default);

    /// <summary>Null: it names nothing, or something that is no id. Nothing is given up then.</summary>
    public static CancelTarget? Of(CancelJob cancel) =>
        cancel is not { JobId: null, Group: null, Tenant: null }
        && (cancel.JobId is null || JobId.Fits(cancel.JobId)) && (cancel.Group is null || JobId.Fits(cancel.Group))
        && cancel.Tenant is null or { Length: > 0 }
            ? new(HashOf(cancel.JobId), HashOf(cancel.Group), HashOf(cancel.Tenant))
            : null;

    public bool Means(CancelMarks job) => (Job == Guid.Empty || Job == job.Job)
        && (Group == Guid.Empty || Group == job.Group) && (Tenant == Guid.Empty || Tenant == job.Tenant);

    /// <summary>The hash by which a job, a group or a tenant is known; empty for none.</summary>
    public static Guid HashOf(string? name) =>
        string.IsNullOrEmpty(name) ? Guid.Empty : BodyHash.Of(Encoding.UTF8.GetBytes(name));
}

/// <summary>All by which a job may be cancelled.</summary>
/// <param name="Job">The hash of its id.</param>
/// <param name="Group">That of its group's; empty where it has none.</param>
/// <param name="Tenant">That of its tenant; empty where it has none.</param>
/// <param name="SentAt">When it was sent.</param>
readonly record struct CancelMarks(Guid Job, Guid Group, Guid Tenant, DateTimeOffset SentAt)
{
    public static CancelMarks Of(Job job) => new(CancelTarget.HashOf(job.Id),
        CancelTarget.HashOf(job.Request.Group?.Id), CancelTarget.HashOf(job.Tenant), job.SentAt);

    /// <summary>All that would mean it.</summary>
    public IEnumerable<CancelTarget> Targets
    {
        get
        {
            yield return new(Job, default, default);
            if (Group != default)
                yield return new(default, Group, default);
            if (Tenant == default)
                yield break;
            yield return new(default, default, Tenant);
            yield return new(Job, default, Tenant);
            if (Group == default)
                yield break;
            yield return new(default, Group, Tenant);
            yield return new(Job, Group, Tenant);
        }
    }
}

/// <summary>What was cancelled, and when.</summary>
/// <param name="Target">Which jobs.</param>
/// <param name="Before">Of a tenant's jobs, those that were sent up to then.</param>
readonly record struct CancelOrder(CancelTarget Target, DateTimeOffset Before)
{
    /// <param name="cancel">The message.</param>
    /// <param name="sentAt">When it was sent, where that is known.</param>
    /// <returns>Null: nothing is given up.</returns>
    public static CancelOrder? Of(CancelJob cancel, DateTimeOffset? sentAt) =>
        CancelTarget.Of(cancel) is { } target && (sentAt is not null || !target.IsTenantAlone)
            ? new(target, target.IsTenantAlone ? sentAt!.Value : DateTimeOffset.MaxValue)
            : null;

    public bool Means(CancelMarks job) => Target.Means(job) && job.SentAt <= Before;
}
