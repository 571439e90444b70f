using System.Collections.Concurrent;
using System.Text.Json;
using OpenAIWorker.Delivery.Clients;
using OpenAIWorker.Delivery.Messages;

namespace OpenAIWorker.Tests.Running;

/// <summary>The events that arrived. Tests wait for them here.</summary>
sealed class EventLog
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly ConcurrentQueue<JobEvent> all = new();
    readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> endings = new();

    public IReadOnlyList<JobEvent> All => [.. all];

    public Task Add(JobEvent arrived)
    {
        all.Enqueue(arrived);
        if (arrived.Type != JobEvent.Delayed)
            Of(arrived.JobId).TrySetResult(JsonElement.Parse(arrived.Body.Span));
        return Task.CompletedTask;
    }

    public async Task<JsonElement> Ending(string job)
    {
        var ending = await Of(job).Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        foreach (var arrived in all.Where(arrived => arrived.JobId == job))
            EventSchemas.Check(arrived);
        return ending;
    }

    public IReadOnlyList<JsonElement> Delays(string job) =>
        [.. all.Where(arrived => arrived.JobId == job && arrived.Type == JobEvent.Delayed)
            .Select(arrived => JsonElement.Parse(arrived.Body.Span))];

    /// <summary>Waits again for the ending of a job that is sent once more.</summary>
    public void Forget(string job) => endings.TryRemove(job, out _);

    /// <summary>
    /// No event comes any more: a wait that its test has left would fail a minute later, in the time of another test.
    /// </summary>
    public void Close()
    {
        foreach (var waiting in endings.Values)
            waiting.TrySetCanceled();
    }

    TaskCompletionSource<JsonElement> Of(string job) =>
        endings.GetOrAdd(job, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
