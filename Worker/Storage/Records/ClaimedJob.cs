using OpenAIWorker.Storage.Groups;

namespace OpenAIWorker.Storage.Records;

/// <summary>A job that a worker has claimed.</summary>
/// <param name="Key">The key of its record.</param>
/// <param name="Operation">Such as <c>message-model</c>.</param>
/// <param name="RequestHash">The same for every message with the same request.</param>
sealed record ClaimedJob(JobKey Key, string Operation, string RequestHash)
{
    public string? Model { get; init; }

    public required string Credential { get; init; }

    /// <summary>The name of the replay; empty if it is not replayed.</summary>
    public string Replay { get; init; } = "";

    /// <summary>The number of attempts, including this one.</summary>
    public int Attempts { get; init; }

    public int Waits { get; init; }

    /// <summary>The number of steps behind it.</summary>
    public int Step { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The unchanged request; null if it is not kept.</summary>
    public byte[]? Request { get; init; }

    /// <summary>The job's group.</summary>
    public NamedGroup? Group { get; init; }
}

/// <summary>How a job ended.</summary>
/// <param name="State"><see cref="JobStates.Completed"/> or <see cref="JobStates.Failed"/>.</param>
/// <param name="Body">The event as it is published.</param>
sealed record JobEndingRecord(string State, byte[] Body)
{
    public string? Code { get; init; }

    /// <summary>Why it failed, in a form for logs.</summary>
    public string? Reason { get; init; }

    public int Attempts { get; init; }

    public int Waits { get; init; }

    public long? InputTokens { get; init; }

    public long? OutputTokens { get; init; }

    public decimal? Cost { get; init; }

    public string? Currency { get; init; }
}

/// <summary>Why a job waits, or the result of an attempt.</summary>
/// <param name="Kind"><c>wait</c> or <c>attempt</c>.</param>
/// <param name="Code">A failure code or a wait code.</param>
/// <param name="Reason">The reason, in a form for logs.</param>
sealed record JobStep(string Kind, string Code, string? Reason)
{
    public const string Wait = "wait";
    public const string Attempt = "attempt";

    /// <summary>Until when it waits.</summary>
    public DateTimeOffset? Until { get; init; }

    public int Attempts { get; init; }

    public int Waits { get; init; }
}
