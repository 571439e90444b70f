using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace OpenAIWorker.Contracts;

/// <summary>The members of every request.</summary>
public abstract record JobRequest
{
    /// <summary>
    /// The id of the job, repeated on every event about it. Omitted: the message id. 1 to 256 characters.
    /// </summary>
    [StringLength(256)]
    public string? JobId { get; init; }

    /// <summary>
    /// The name of a credential in the worker's settings: key, base URL, organisation, project. Omitted:
    /// <c>default</c>.
    /// </summary>
    public string? Credential { get; init; }

    /// <summary>
    /// The time limit of one call, as <c>hh:mm:ss</c>. 1 second to 25 minutes, in the background up to a day; omitted:
    /// the worker's <c>OpenAI:Timeout</c>.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// How often the call is retried after a transient failure. 0 to 100; omitted: the worker's
    /// <c>Delivery:MaxAttempts</c> less one.
    /// </summary>
    [Range(0, 100)]
    public int? MaxRetries { get; init; }

    /// <summary>
    /// The job is not called before this time; until then the job waits in the broker. Omitted: at once.
    /// </summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>
    /// After this time the job fails with <c>deadline_exceeded</c>. Omitted: the worker's <c>Delivery:MaxAge</c> is the
    /// only limit.
    /// </summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>0 to 9, higher first. Omitted: 4.</summary>
    [Range(0, 9)]
    public int? Priority { get; init; }

    /// <summary>
    /// The group that the job belongs to. <see cref="GroupCompleted"/> is published when all jobs of the group have
    /// ended. Omitted: none.
    /// </summary>
    public JobGroup? Group { get; init; }

    /// <summary>
    /// The sender's own pairs, returned unchanged on every event about the job; never sent to the provider.
    /// </summary>
    [Each(MayBeNull = true)]
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>
    /// A stable, anonymous id of the end user, sent as <c>safety_identifier</c> if the API accepts it, and as
    /// <c>user</c> with images and embeddings. At most 128 characters.
    /// </summary>
    [StringLength(128)]
    public string? SafetyIdentifier { get; init; }

    /// <summary>
    /// Additional members of the API's body, so that a new API parameter needs no new release. Objects are merged level
    /// by level. If one contradicts another member of the job, the job is refused. In forms arrays become <c>name[]</c>
    /// and objects <c>name[member]</c>.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement>? Extra { get; init; }
}
