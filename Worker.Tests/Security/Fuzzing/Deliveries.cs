using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Tests.Security.Fuzzing;

/// <summary>The state of each delivery. Small, because a run may take very long.</summary>
sealed partial class Deliveries
{
    const int Most = 20_000;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly ConcurrentDictionary<string, Fate> open = new();
    readonly ConcurrentDictionary<string, string> byMessageId = new();
    readonly ConcurrentQueue<(string Job, string MessageId)> byAge = new();
    readonly ConcurrentQueue<string> faults = new();
    int ended;
    int waiting;

    public int Ended => ended;

    /// <summary>Deliveries that waited, or still wait, when the run ended.</summary>
    public int Waiting => waiting;

    /// <summary>Errors: two endings, or an ending that reports a fault of the worker.</summary>
    public IReadOnlyList<string> Faults => [.. faults];

    /// <param name="job">The name in the job's id.</param>
    /// <param name="messageId">Identifies it if it has no id of its own.</param>
    public void Expect(string job, string messageId)
    {
        open[job] = new();
        byMessageId[messageId] = job;
        byAge.Enqueue((job, messageId));
        while (byAge.Count > Most && byAge.TryDequeue(out var oldest))
        {
            open.TryRemove(oldest.Job, out _);
            byMessageId.TryRemove(oldest.MessageId, out _);
        }
    }

    /// <summary>An event arrived.</summary>
    /// <param name="type">Such as <c>completed</c>.</param>
    /// <param name="body">Its JSON.</param>
    /// <param name="copy">The same for all copies of one ending; null if there are none.</param>
    public void Take(string type, JsonElement body, string? copy)
    {
        var id = body.GetProperty("jobId").GetString()!;
        if (!open.TryGetValue(Named().Match(id) is { Success: true } named
            ? named.Value
            : byMessageId.GetValueOrDefault(id, ""), out var fate))
            return;
        if (type == "delayed")
            fate.Delayed();
        else if (!fate.End(copy ?? Guid.NewGuid().ToString(), type))
            faults.Enqueue($"It ended twice: {body}");
        // Reported as the worker's own fault: the worker did not handle some case.
        if (body.TryGetProperty("code", out var code) && code.GetString() == FailureCodes.WorkerError)
            faults.Enqueue($"{body}");
    }

    /// <summary>Waits until the delivery has ended or waits in the broker.</summary>
    public async Task Settled(string job, CancellationToken cancellation)
    {
        var fate = open[job];
        await fate.Settled.WaitAsync(Patience, cancellation);
        if (fate.IsOver)
            Interlocked.Increment(ref ended);
        else
            Interlocked.Increment(ref waiting);
    }

    public bool IsCompleted(string job) => open[job].IsCompleted;

    [GeneratedRegex(@"fuzz-\d{9}-")]
    private static partial Regex Named();

    sealed class Fate
    {
        readonly TaskCompletionSource settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        string? ending;

        public Task Settled => settled.Task;

        public bool IsCompleted { get; private set; }

        public bool IsOver => ending is not null;

        public void Delayed() => settled.TrySetResult();

        /// <returns>Whether it is the first ending or a copy of it.</returns>
        public bool End(string copy, string type)
        {
            IsCompleted |= type == Endings.Completed;
            var first = Interlocked.CompareExchange(ref ending, copy, null) ?? copy;
            settled.TrySetResult();
            return first == copy;
        }
    }
}
