using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace OpenAIWorker.Contracts;

/// <summary>What every request carries, whatever its operation.</summary>
public abstract record JobRequest
{
    /// <summary>
    /// Names the job, and is repeated on every event about it. Omitted: the message id. 1 to 256 characters.
    /// </summary>
    [StringLength(256)]
    public string? JobId { get; init; }

    /// <summary>
    /// The name of a credential in the worker's settings: key, base URL, organisation, project. Omitted:
    /// <c>default</c>.
    /// </summary>
    public string? Credential { get; init; }

    /// <summary>
    /// How long one call may take, as <c>hh:mm:ss</c>. 1 second to 25 minutes, in the background to a day; omitted: the
    /// worker's <c>OpenAI:Timeout</c>.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// How often the call is tried again after a transient failure. 0 to 100; omitted: the worker's
    /// <c>Delivery:MaxAttempts</c> less one.
    /// </summary>
    [Range(0, 100)]
    public int? MaxRetries { get; init; }

    /// <summary>Not to be called before this time; until then the job waits in the broker. Omitted: at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>
    /// Of no use after this time: the job then fails with <c>deadline_exceeded</c>. Omitted: the worker's
    /// <c>Delivery:MaxAge</c> is the only bound.
    /// </summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>0 to 9, higher first. Omitted: 4.</summary>
    [Range(0, 9)]
    public int? Priority { get; init; }

    /// <summary>
    /// The group that the job belongs to: <see cref="GroupCompleted"/> tells when all of it has ended. Omitted: none.
    /// </summary>
    public JobGroup? Group { get; init; }

    /// <summary>
    /// The sender's own pairs, returned untouched on every event about the job; never sent to OpenAI.
    /// </summary>
    [Each(MayBeNull = true)]
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>
    /// A stable, anonymous id of the end user, sent as <c>safety_identifier</c> where the API takes one, and as
    /// <c>user</c> with images and embeddings. At most 128 characters.
    /// </summary>
    [StringLength(128)]
    public string? SafetyIdentifier { get; init; }

    /// <summary>
    /// Members that go into the API's body as they are, objects level by level: a new API parameter needs no new
    /// release. Where one says something else than another member of the job, the job is refused. In forms arrays
    /// become <c>name[]</c> and objects <c>name[member]</c>.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement>? Extra { get; init; }
}
