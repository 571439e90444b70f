using System.Text;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Bodies;
using OpenAIWorker.Delivery.Messages;

namespace OpenAIWorker.Delivery.Cancelling;

/// <summary>
/// The jobs that a <see cref="CancelJob"/> selects, as hashes, which have one size however long an id is. An empty
/// member selects all.
/// </summary>
/// <param name="Job">The id of a job.</param>
/// <param name="Group">The id of a group.</param>
/// <param name="Tenant">A tenant.</param>
readonly record struct CancelTarget(Guid Job, Guid Group, Guid Tenant)
{
    /// <summary>
    /// Whether it selects a tenant only. The tenant continues to send jobs: later ones are not cancelled.
    /// </summary>
    public bool IsTenantAlone => this is { Job: var job, Group: var group } && job == Guid.Empty && group == Guid.Empty;

    public static CancelTarget OfJob(string job) => new(HashOf(job), default, default);

    /// <summary>Null: it names nothing, or an invalid id. Nothing is cancelled then.</summary>
    public static CancelTarget? Of(CancelJob cancel) =>
        cancel is not { JobId: null, Group: null, Tenant: null }
        && (cancel.JobId is null || JobId.Fits(cancel.JobId)) && (cancel.Group is null || JobId.Fits(cancel.Group))
        && cancel.Tenant is null or { Length: > 0 }
            ? new(HashOf(cancel.JobId), HashOf(cancel.Group), HashOf(cancel.Tenant))
            : null;

    public bool Means(CancelMarks job) => (Job == Guid.Empty || Job == job.Job)
        && (Group == Guid.Empty || Group == job.Group) && (Tenant == Guid.Empty || Tenant == job.Tenant);

    /// <summary>The hash of the id of a job, a group or a tenant; empty if there is none.</summary>
    public static Guid HashOf(string? name) =>
        string.IsNullOrEmpty(name) ? Guid.Empty : BodyHash.Of(Encoding.UTF8.GetBytes(name));
}

/// <summary>Everything by which a job can be cancelled.</summary>
/// <param name="Job">The hash of its id.</param>
/// <param name="Group">The hash of its group's id; empty if it has none.</param>
/// <param name="Tenant">The hash of its tenant; empty if it has none.</param>
/// <param name="SentAt">When it was sent.</param>
/// <param name="SentAgain">When it was sent again on purpose; null if it was not.</param>
readonly record struct CancelMarks(Guid Job, Guid Group, Guid Tenant, DateTimeOffset SentAt,
    DateTimeOffset? SentAgain = null)
{
    public static CancelMarks Of(Job job) => new(CancelTarget.HashOf(job.Id),
        CancelTarget.HashOf(job.Request.Group?.Id), CancelTarget.HashOf(job.Tenant), job.SentAt,
        job.SentAgain);

    /// <summary>All targets that select this job.</summary>
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

/// <summary>
/// What was cancelled, and when. A cancellation may overtake its job, and clocks differ, so a job is cancelled whenever
/// it was sent first. If it was sent again after the cancellation, it is not.
/// </summary>
/// <param name="Target">Which jobs.</param>
/// <param name="Before">When. It applies to a tenant's jobs, and to jobs sent again, that were sent up to this
/// time.</param>
readonly record struct CancelOrder(CancelTarget Target, DateTimeOffset Before)
{
    /// <param name="cancel">The message.</param>
    /// <param name="sentAt">When it was sent, if that is known.</param>
    /// <param name="now">It was sent before.</param>
    /// <returns>Null: nothing is cancelled.</returns>
    public static CancelOrder? Of(CancelJob cancel, DateTimeOffset? sentAt, DateTimeOffset now) =>
        CancelTarget.Of(cancel) is { } target && (sentAt is not null || !target.IsTenantAlone)
            ? new(target, sentAt ?? now)
            : null;

    public bool Means(CancelMarks job) => Target.Means(job)
        && (job.SentAgain ?? (Target.IsTenantAlone ? job.SentAt : DateTimeOffset.MinValue)) <= Before;
}
