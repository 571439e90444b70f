using System.Collections.Concurrent;
using MassTransit;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Delivery.Records;

/// <summary>
/// The recorded jobs of this process, each with the one delivery that has claimed it. Another delivery, such as a copy
/// that has waited elsewhere, must not call it as well: in the database both belong to this worker.
/// </summary>
sealed class HeldJobs
{
    readonly ConcurrentDictionary<(JobKey, string RequestHash), HeldJob> held = new();

    /// <summary>Whether this delivery has the job now, until <see cref="Leave(HeldJob)"/>.</summary>
    public bool Take(ReceiveContext context, ClaimedJob claimed, Job job)
    {
        var mine = new HeldJob(claimed, job);
        if (!held.TryAdd(mine.Key, mine))
            return false;
        context.AddOrUpdatePayload(() => mine, _ => mine);
        return true;
    }

    /// <summary>What the delivery has; null if it has nothing.</summary>
    public static HeldJob? Of(ReceiveContext context) =>
        context.TryGetPayload<HeldJob>(out var mine) ? mine : null;

    /// <summary>What any delivery has of a job; null if none has it.</summary>
    public HeldJob? Find(ClaimedJob job) => held.GetValueOrDefault((job.Key, job.RequestHash));

    /// <summary>Another delivery may have the job.</summary>
    public void Leave(ReceiveContext context)
    {
        if (Of(context) is { } mine)
            Leave(mine);
    }

    /// <inheritdoc cref="Leave(ReceiveContext)"/>
    public void Leave(HeldJob mine) => held.TryRemove(new(mine.Key, mine));
}

/// <summary>A job that a delivery has claimed.</summary>
sealed class HeldJob(ClaimedJob claimed, Job job)
{
    public (JobKey, string RequestHash) Key => (claimed.Key, claimed.RequestHash);

    /// <summary>The job as it is called: with the progress that its record knows.</summary>
    public Job Job { get; set; } = job;
}

/// <summary>Attached to a delivery whose job somebody else runs: it has nothing to release.</summary>
sealed class MadeWay
{
    public static readonly MadeWay Instance = new();
}
