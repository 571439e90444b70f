using OpenAIWorker.Storage.Groups;

namespace OpenAIWorker.Storage.Records;

/// <summary>A job that a worker has taken up.</summary>
/// <param name="Key">Which.</param>
/// <param name="Operation">Such as <c>message-model</c>.</param>
/// <param name="RequestHash">The same for every message with the same request.</param>
sealed record ClaimedJob(JobKey Key, string Operation, string RequestHash)
{
    public string? Model { get; init; }

    public required string Credential { get; init; }

    /// <summary>The replay it comes from; empty where it is none.</summary>
    public string Replay { get; init; } = "";

    /// <summary>This attempt included.</summary>
    public int Attempts { get; init; }

    public int Waits { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The request as it came; null where it is not kept.</summary>
    public byte[]? Request { get; init; }

    /// <summary>The group that it belongs to.</summary>
    public NamedGroup? Group { get; init; }
}

/// <summary>How a job ended.</summary>
/// <param name="State"><see cref="JobStates.Completed"/> or <see cref="JobStates.Failed"/>.</param>
/// <param name="Body">The event, as it is published.</param>
sealed record JobEndingRecord(string State, byte[] Body)
{
    public string? Code { get; init; }

    /// <summary>Why it failed, as a log may say it.</summary>
    public string? Reason { get; init; }

    public int Attempts { get; init; }

    public int Waits { get; init; }

    public long? InputTokens { get; init; }

    public long? OutputTokens { get; init; }

    public decimal? Cost { get; init; }

    public string? Currency { get; init; }
}

/// <summary>Why a job waits, or what an attempt came to.</summary>
/// <param name="Kind"><c>wait</c> or <c>attempt</c>.</param>
/// <param name="Code">A failure code or a wait's.</param>
/// <param name="Reason">As a log may say it.</param>
sealed record JobStep(string Kind, string Code, string? Reason)
{
    public const string Wait = "wait";
    public const string Attempt = "attempt";

    /// <summary>Until when it waits.</summary>
    public DateTimeOffset? Until { get; init; }

    public int Attempts { get; init; }

    public int Waits { get; init; }
}
