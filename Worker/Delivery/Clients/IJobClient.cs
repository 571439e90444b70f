using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Messages;

namespace OpenAIWorker.Delivery.Clients;

/// <summary>A producer's side of the bus: sends jobs, and receives the events of the jobs that it sent.</summary>
interface IJobClient : IAsyncDisposable
{
    /// <summary>Whether jobs wait in this process, and are lost when it ends, instead of in a broker.</summary>
    bool IsEmbedded { get; }

    /// <summary>
    /// Starts receiving. An event is acknowledged when the task that <paramref name="onEvent"/> returned completes. If
    /// the task fails, the event is delivered again later. Many tasks run at once.
    /// </summary>
    Task Receive(Func<JobEvent, Task> onEvent, CancellationToken cancellation);

    /// <summary>A provider refused a credential. Raised only for this process's own worker.</summary>
    event Action<CredentialPaused>? Paused;

    /// <summary>The number of calls that run in this process.</summary>
    int Running { get; }

    /// <summary>Why the broker is not connected, while this client receives; null if it is.</summary>
    string? Away { get; }

    /// <summary>
    /// Checks, before anything is sent, whether the broker answers, or in this process whether the providers accept the
    /// keys of some credentials.
    /// </summary>
    /// <returns>A sentence for each that does not.</returns>
    Task<IReadOnlyList<string>> Refusals(IReadOnlyList<string> credentials, CancellationToken cancellation);

    /// <summary>The number of workers on the broker; null if it cannot be known.</summary>
    Task<int?> Workers(CancellationToken cancellation);

    /// <summary>
    /// Sends a job to its operation's queue; completes when the queue has stored it. <see cref="JobRequest.JobId"/>
    /// must be set.
    /// </summary>
    Task Send(JobRequest job, CancellationToken cancellation);
}

/// <summary>An event about a job that this client sent, now or in an earlier run.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Type"><c>completed</c>, <c>failed</c> or <c>delayed</c>.</param>
/// <param name="Body">The event's JSON, on one line.</param>
sealed record JobEvent(string JobId, string Type, ReadOnlyMemory<byte> Body)
{
    public const string Delayed = "delayed";
}
