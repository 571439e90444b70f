using System.ComponentModel.DataAnnotations;

namespace OpenAIWorker.Contracts;

/// <summary>
/// How the end of a long operation is detected: its status is polled until it is one of <see cref="Until"/>. That
/// answer is the result.
/// </summary>
public sealed record ApiWait
{
    /// <summary>
    /// The path to poll, with members of the first answer in braces, such as <c>batches/{id}</c> or
    /// <c>vector_stores/vs_1/files/{id}</c>. Omitted: the call's own path, with <c>POST</c> followed by <c>/{id}</c>.
    /// </summary>
    public string? Path { get; init; }

    /// <summary>
    /// The member of the answers that has the status; a dot steps into an object. Omitted: <c>status</c>.
    /// </summary>
    public string? Member { get; init; }

    /// <summary>
    /// The values that end the wait, in any case; numbers, <c>true</c> and <c>false</c> as they are written. Omitted:
    /// <c>completed</c>, <c>succeeded</c>, <c>success</c>, <c>processed</c>, <c>done</c>, <c>ended</c>, <c>failed</c>,
    /// <c>error</c>, <c>cancelled</c>, <c>canceled</c>, <c>expired</c> and <c>incomplete</c>.
    /// </summary>
    [Length(1, 64)]
    public IReadOnlyList<string>? Until { get; init; }

    /// <summary>
    /// How long the whole operation may take. 1 second to 7 days; omitted: 1 day. The job's <c>deadline</c> and the
    /// worker's <c>Delivery:MaxAge</c> limit it as well.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan? Timeout { get; init; }
}
