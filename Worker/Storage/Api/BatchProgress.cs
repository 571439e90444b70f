using System.Text.Json.Serialization;

namespace OpenAIWorker.Storage.Api;

/// <summary>What was asked of a batch, and how far it is.</summary>
sealed record BatchProgress
{
    /// <summary>Such as <c>/v1/responses</c>.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Such as <c>24h</c>.</summary>
    public required string CompletionWindow { get; init; }

    /// <summary>The sender's own pairs.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>The credential of its jobs; null: the usual one.</summary>
    public string? Credential { get; init; }

    /// <summary>How long its output is kept; null: as long as any file.</summary>
    public TimeSpan? OutputKeptFor { get; init; }

    /// <summary>The model of its lines, where it is the same in all.</summary>
    public string? Model { get; init; }

    /// <summary>All lines up to this one are with the broker.</summary>
    public long Sent { get; init; }

    /// <summary>The lines that are no blank.</summary>
    public int Total { get; init; }

    public int Completed { get; init; }

    public int Failed { get; init; }

    public BatchUsage? Usage { get; init; }

    public DateTimeOffset? InProgressAt { get; init; }

    public DateTimeOffset? FinalizingAt { get; init; }

    public string? OutputFile { get; init; }

    public string? ErrorFile { get; init; }

    /// <summary>Why it is no batch.</summary>
    public IReadOnlyList<BatchFault>? Faults { get; init; }
}

/// <summary>What all lines used.</summary>
sealed record BatchUsage(long InputTokens, long CachedTokens, long OutputTokens, long ReasoningTokens);

/// <summary>Why a file is no batch.</summary>
/// <param name="Code">Such as <c>invalid_json_line</c>.</param>
/// <param name="Message">In words.</param>
/// <param name="Line">Of which line, from 1.</param>
/// <param name="Param">The member at fault.</param>
sealed record BatchFault(string Code, string Message, long? Line, string? Param);

[JsonSerializable(typeof(BatchProgress))]
sealed partial class BatchJson : JsonSerializerContext;
