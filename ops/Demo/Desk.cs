using System.Collections.Concurrent;
using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Clients;
using OpenAIWorker.Delivery.Messages;

namespace OpenAIWorker.Demo;

/// <summary>Sends jobs and remembers their endings.</summary>
sealed class Desk(IJobClient client)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(50);

    readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> endings = new();
    readonly ConcurrentQueue<JobRequest> sent = new();

    /// <summary>The jobs so far, in the order in which they were sent.</summary>
    public IReadOnlyList<JobRequest> Jobs => [.. sent];

    /// <summary>The endings so far, by job.</summary>
    public IReadOnlyDictionary<string, JsonElement> Endings =>
        endings.Where(ending => ending.Value.Task.IsCompletedSuccessfully)
            .ToDictionary(ending => ending.Key, ending => ending.Value.Task.Result);

    public static async Task<Desk> Open(IJobClient client)
    {
        var desk = new Desk(client);
        await client.Receive(desk.Note, default);
        return desk;
    }

    /// <summary>The job's ending; undefined if it does not arrive in time.</summary>
    public async Task<JsonElement> End(JobRequest job)
    {
        sent.Enqueue(job);
        await client.Send(job, default);
        var ending = Of(job.JobId!).Task;
        return await Task.WhenAny(ending, Task.Delay(Patience)) == ending ? await ending : default;
    }

    Task Note(JobEvent arrived)
    {
        if (arrived.Type != JobEvent.Delayed)
            Of(arrived.JobId).TrySetResult(JsonElement.Parse(arrived.Body.Span));
        return Task.CompletedTask;
    }

    TaskCompletionSource<JsonElement> Of(string job) =>
        endings.GetOrAdd(job, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
