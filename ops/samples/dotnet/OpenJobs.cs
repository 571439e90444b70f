using System.Collections.Concurrent;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Samples;

/// <summary>Jobs whose ending somebody waits for. An ending that comes twice is taken once.</summary>
sealed class OpenJobs
{
    readonly ConcurrentDictionary<string, TaskCompletionSource<IJobEnding>> waiting = new();

    public Task<IJobEnding> Of(string job) => waiting.GetOrAdd(job, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public Task End(IJobEnding ending)
    {
        if (waiting.TryGetValue(ending.JobId, out var waits))
            waits.TrySetResult(ending);
        return Task.CompletedTask;
    }
}
