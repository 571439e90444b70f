using System.Text.Json;
using System.Text.Json.Serialization;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Messages;

namespace OpenAIWorker.Delivery.Cancelling;

/// <summary>
/// A message between workers about a job that waits in the broker. All workers read all notes in the same order.
/// </summary>
/// <param name="Step">What has happened.</param>
/// <param name="Key">Identifies the job at one of its waits.</param>
sealed record WaitNote(WaitStep Step, Guid Key)
{
    /// <summary>The worker that wrote it.</summary>
    public Guid By { get; init; }

    /// <summary>Finds the caller that waits for this note, on the worker that wrote it.</summary>
    public long Number { get; init; }

    /// <summary>The hash of the job's id, by which it is cancelled.</summary>
    public Guid Job { get; init; }

    /// <summary>The hash of its group's id; null if it has none.</summary>
    public Guid? Group { get; init; }

    /// <summary>The hash of its tenant; null if it has none.</summary>
    public Guid? Tenant { get; init; }

    /// <summary>When it was sent.</summary>
    public DateTimeOffset SentAt { get; init; }

    /// <summary>When it was sent again on purpose; null if it was not.</summary>
    public DateTimeOffset? SentAgain { get; init; }

    /// <summary>Everything by which it can be cancelled.</summary>
    [JsonIgnore]
    public CancelMarks Marks => new(Job, Group ?? Guid.Empty, Tenant ?? Guid.Empty, SentAt, SentAgain);

    /// <summary>When the job's time ends.</summary>
    public DateTimeOffset End { get; init; }

    /// <summary>The code with which it then ends; for an ending, its code.</summary>
    public string? Code { get; init; }

    /// <summary>
    /// How many workers have begun to publish the ending before. If one died doing it, the next one continues the
    /// count.
    /// </summary>
    public int Round { get; init; }

    /// <summary>A <see cref="WaitingEnd"/>.</summary>
    public JsonElement? Told { get; init; }

    /// <summary>Its approximate size in a message.</summary>
    [JsonIgnore]
    public int Size { get; init; }
}

/// <summary>What has happened to a job that waits.</summary>
enum WaitStep
{
    /// <summary>Nothing: it shows a worker how far it has read.</summary>
    Mark,

    /// <summary>The job was sent to wait.</summary>
    Waits,

    /// <summary>Its worker returns it to where it waited.</summary>
    WaitsAgain,

    /// <summary>A worker has received it.</summary>
    Taken,

    /// <summary>A worker is about to publish its ending.</summary>
    Ends,

    /// <summary>Its ending was published.</summary>
    Told,
}

/// <summary>Everything that is needed to publish the ending of a job without its message.</summary>
/// <param name="Failed">The event, except its failure.</param>
/// <param name="CorrelationId">The message's correlation id.</param>
/// <param name="ReplyTo">The queue where its sender waits.</param>
sealed record WaitingEnd(OperationFailed Failed, string? CorrelationId, string? ReplyTo);
