using System.Text.Json;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Jobs;

/// <summary>The output of earlier answers besides function calls. It is paid for, and belongs to the result.</summary>
sealed record EarlierRounds
{
    /// <summary>Their stored files.</summary>
    public IReadOnlyList<BinaryOutput>? Files { get; init; }

    /// <summary>Their citations.</summary>
    public IReadOnlyList<JsonElement>? Annotations { get; init; }

    /// <summary>The model's reasoning.</summary>
    public string? Reasoning { get; init; }

    /// <summary>A summary of the reasoning.</summary>
    public string? ReasoningSummary { get; init; }

    /// <summary>Everything else: texts, searches, output of code.</summary>
    public IReadOnlyList<JsonElement>? Other { get; init; }
}
