using System.Text.Json.Serialization;

namespace OpenAIWorker.Storage.Api;

/// <summary>The request for a batch, and its progress.</summary>
sealed record BatchProgress
{
    /// <summary>Such as <c>/v1/responses</c>.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Such as <c>24h</c>.</summary>
    public required string CompletionWindow { get; init; }

    /// <summary>The sender's own pairs.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>The credential of its jobs; null: the default one.</summary>
    public string? Credential { get; init; }

    /// <summary>How long its output is kept; null: like any file.</summary>
    public TimeSpan? OutputKeptFor { get; init; }

    /// <summary>The model of its lines, if all have the same.</summary>
    public string? Model { get; init; }

    /// <summary>The broker has all lines up to this one.</summary>
    public long Sent { get; init; }

    /// <summary>The number of lines that are not blank.</summary>
    public int Total { get; init; }

    public int Completed { get; init; }

    public int Failed { get; init; }

    public BatchUsage? Usage { get; init; }

    public DateTimeOffset? InProgressAt { get; init; }

    public DateTimeOffset? FinalizingAt { get; init; }

    public string? OutputFile { get; init; }

    public string? ErrorFile { get; init; }

    /// <summary>Why the file is not a batch.</summary>
    public IReadOnlyList<BatchFault>? Faults { get; init; }
}

/// <summary>The usage of all lines.</summary>
sealed record BatchUsage(long InputTokens, long CachedTokens, long OutputTokens, long ReasoningTokens);

/// <summary>Why a file is not a batch.</summary>
/// <param name="Code">Such as <c>invalid_json_line</c>.</param>
/// <param name="Message">The reason in words.</param>
/// <param name="Line">The number of the line, from 1.</param>
/// <param name="Param">The member at fault.</param>
sealed record BatchFault(string Code, string Message, long? Line, string? Param);

[JsonSerializable(typeof(BatchProgress))]
sealed partial class BatchJson : JsonSerializerContext;
