using System.Text.Json;
using System.Text.Json.Serialization;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Messages;

namespace OpenAIWorker.Delivery.Cancelling;

/// <summary>
/// What workers tell each other about a job that waits in the broker. All read all notes, in one order.
/// </summary>
/// <param name="Step">What has happened.</param>
/// <param name="Key">Names the job at one of its waits.</param>
sealed record WaitNote(WaitStep Step, Guid Key)
{
    /// <summary>The worker that wrote it.</summary>
    public Guid By { get; init; }

    /// <summary>Finds the caller that waits for this note, on the worker that wrote it.</summary>
    public long Number { get; init; }

    /// <summary>The hash of the job's id, by which it is cancelled.</summary>
    public Guid Job { get; init; }

    /// <summary>The hash of its group's id; null where it has none.</summary>
    public Guid? Group { get; init; }

    /// <summary>The hash of its tenant; null where it has none.</summary>
    public Guid? Tenant { get; init; }

    /// <summary>When it was sent.</summary>
    public DateTimeOffset SentAt { get; init; }

    /// <summary>All by which it may be cancelled.</summary>
    [JsonIgnore]
    public CancelMarks Marks => new(Job, Group ?? Guid.Empty, Tenant ?? Guid.Empty, SentAt);

    /// <summary>When the job's time is over.</summary>
    public DateTimeOffset End { get; init; }

    /// <summary>The code with which it ends then; of an ending, its own.</summary>
    public string? Code { get; init; }

    /// <summary>
    /// How many have begun to tell the ending before: the one after a worker that died over it is told from the one
    /// that came second.
    /// </summary>
    public int Round { get; init; }

    /// <summary>A <see cref="WaitingEnd"/>.</summary>
    public JsonElement? Told { get; init; }

    /// <summary>What it takes in a message, about.</summary>
    [JsonIgnore]
    public int Size { get; init; }
}

/// <summary>What has happened to a job that waits.</summary>
enum WaitStep
{
    /// <summary>Nothing: a worker sees by it how far it has read.</summary>
    Mark,

    /// <summary>It was put to wait.</summary>
    Waits,

    /// <summary>Its worker gives it back to where it waited.</summary>
    WaitsAgain,

    /// <summary>A worker has taken it up.</summary>
    Taken,

    /// <summary>A worker is about to tell its ending.</summary>
    Ends,

    /// <summary>Its ending was told.</summary>
    Told,
}

/// <summary>All that is needed to tell the ending of a job without its message.</summary>
/// <param name="Failed">The event, but for its failure.</param>
/// <param name="CorrelationId">The message's.</param>
/// <param name="ReplyTo">Where its sender waits.</param>
sealed record WaitingEnd(OperationFailed Failed, string? CorrelationId, string? ReplyTo);
