using OpenAIWorker.Contracts;
using OpenAIWorker.Storage.Api;

namespace OpenAIWorker.Web.OpenAI.Batches;

/// <summary>A line of a batch that is no blank.</summary>
/// <param name="Number">From 1.</param>
/// <param name="CustomId">Its own id; null: it has none that can be read.</param>
/// <param name="Bytes">How long it is.</param>
sealed record BatchLine(int Number, string? CustomId, int Bytes)
{
    /// <summary>What it asks for; null: it is bad.</summary>
    public JobRequest? Request { get; init; }

    /// <summary>Why it is bad.</summary>
    public BatchFault? Fault { get; init; }

    /// <summary>The model that it asks for.</summary>
    public string? Model { get; init; }
}
