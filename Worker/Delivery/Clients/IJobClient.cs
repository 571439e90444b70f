using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Messages;

namespace OpenAIWorker.Delivery.Clients;

/// <summary>A producer's side of the bus: sends jobs, and receives the events of the jobs that it sent.</summary>
interface IJobClient : IAsyncDisposable
{
    /// <summary>Whether jobs wait in this process, and end with it, rather than in a broker.</summary>
    bool IsEmbedded { get; }

    /// <summary>
    /// Starts receiving. An event is acknowledged when the task that <paramref name="onEvent"/> returned has completed,
    /// and comes again, later, when it failed; many run at once.
    /// </summary>
    Task Receive(Func<JobEvent, Task> onEvent, CancellationToken cancellation);

    /// <summary>A credential was refused by its provider. Told only of this process's own worker.</summary>
    event Action<CredentialPaused>? Paused;

    /// <summary>Calls that run in this process.</summary>
    int Running { get; }

    /// <summary>Why the broker is away now, while this client receives; null while it is there.</summary>
    string? Away { get; }

    /// <summary>
    /// Tries, before anything is sent, whether the broker answers, or in this process whether the providers take the
    /// keys of some credentials.
    /// </summary>
    /// <returns>A sentence for each that does not.</returns>
    Task<IReadOnlyList<string>> Refusals(IReadOnlyList<string> credentials, CancellationToken cancellation);

    /// <summary>How many workers run on the broker now; null where that cannot be known.</summary>
    Task<int?> Workers(CancellationToken cancellation);

    /// <summary>
    /// Sends a job to its operation's queue; completes when the job is safe there. <see cref="JobRequest.JobId"/> must
    /// be set.
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
