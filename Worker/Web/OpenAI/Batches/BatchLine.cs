using OpenAIWorker.Contracts;
using OpenAIWorker.Storage.Api;

namespace OpenAIWorker.Web.OpenAI.Batches;

/// <summary>A line of a batch that is not blank.</summary>
/// <param name="Number">From 1.</param>
/// <param name="CustomId">Its own id; null: it has none, or the id cannot be read.</param>
/// <param name="Bytes">Its length in bytes.</param>
sealed record BatchLine(int Number, string? CustomId, int Bytes)
{
    /// <summary>The job; null: the line is bad.</summary>
    public JobRequest? Request { get; init; }

    /// <summary>Why the line is bad.</summary>
    public BatchFault? Fault { get; init; }

    /// <summary>The requested model.</summary>
    public string? Model { get; init; }
}
