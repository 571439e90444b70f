using System.Text.Json;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Jobs;

/// <summary>
/// What the answers before the last one brought besides calls of functions. It is paid for, and belongs to the result.
/// </summary>
sealed record EarlierRounds
{
    /// <summary>Their files, kept.</summary>
    public IReadOnlyList<BinaryOutput>? Files { get; init; }

    /// <summary>What they cite.</summary>
    public IReadOnlyList<JsonElement>? Annotations { get; init; }

    /// <summary>What the model thought.</summary>
    public string? Reasoning { get; init; }

    /// <summary>The same in short.</summary>
    public string? ReasoningSummary { get; init; }

    /// <summary>Everything else: words, searches, outputs of code.</summary>
    public IReadOnlyList<JsonElement>? Other { get; init; }
}
