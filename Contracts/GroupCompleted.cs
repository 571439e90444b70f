using System.ComponentModel.DataAnnotations;

namespace OpenAIWorker.Contracts;

/// <summary>
/// All jobs of a <see cref="JobGroup"/> have ended. It may arrive more than once, with the same message id, and before
/// the event of a job whose worker died between the two.
/// </summary>
public sealed record GroupCompleted
{
    /// <summary>The group's id.</summary>
    public string Group { get; init; } = "";

    /// <summary>The tenant of the group. Omitted: its jobs have no tenant.</summary>
    public string? Tenant { get; init; }

    /// <summary>How many jobs the group was said to have.</summary>
    [Range(1, int.MaxValue)]
    public int Size { get; init; }

    /// <summary>Jobs that have a result.</summary>
    [Range(0, int.MaxValue)]
    public int Completed { get; init; }

    /// <summary>Jobs that have none: failed or cancelled.</summary>
    [Range(0, int.MaxValue)]
    public int Failed { get; init; }

    /// <summary>Tokens of all inputs together, if the API reported them.</summary>
    [Range(0, long.MaxValue)]
    public long InputTokens { get; init; }

    /// <summary>Tokens of all outputs together, if the API reported them.</summary>
    [Range(0, long.MaxValue)]
    public long OutputTokens { get; init; }

    /// <summary>The cost of all jobs, if the models' prices are known.</summary>
    public Cost? Cost { get; init; }

    /// <summary>When a worker first saw a job of the group.</summary>
    public DateTimeOffset FirstSeen { get; init; }

    /// <summary>When the last job ended.</summary>
    public DateTimeOffset EndedAt { get; init; }
}
