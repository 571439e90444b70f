using System.Collections.Concurrent;
using OpenAIWorker.Contracts;
using OpenAIWorker.Costs;

namespace OpenAIWorker.Upstream;

/// <summary>
/// What the calls of each running attempt used, noted as the answers come: an answer that turns out to be useless was billed all the same.
/// </summary>
sealed class BilledUsage
{
    readonly ConcurrentDictionary<string, Usage> jobs = new();

    public void Note(JobRequest request, Usage? usage)
    {
        if (usage is not null && request.JobId is { } job)
            jobs.AddOrUpdate(job, usage, (_, before) => before.And(usage)!);
    }

    /// <summary>The attempt is over.</summary>
    public Usage? Take(JobRequest request) => request.JobId is { } job && jobs.TryRemove(job, out var usage) ? usage : null;
}
