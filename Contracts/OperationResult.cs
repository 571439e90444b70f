using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace OpenAIWorker.Contracts;

/// <summary>What every result carries, whatever its operation.</summary>
public abstract record OperationResult : IJobEnding
{
    /// <inheritdoc/>
    public string JobId { get; init; } = "";

    /// <inheritdoc/>
    public string Operation { get; init; } = "";

    /// <inheritdoc/>
    public string Ending => Endings.Completed;

    /// <inheritdoc/>
    [Range(0, int.MaxValue)]
    public int Attempts { get; init; }

    /// <summary>
    /// How often the job waited in the broker: for a rate limit, a back-off, or its <see cref="JobRequest.NotBefore"/>.
    /// </summary>
    [Range(0, int.MaxValue)]
    public int Waits { get; init; }

    /// <summary>
    /// From the worker's first sight of the job to the start of the call that answered, in milliseconds.
    /// </summary>
    [Range(0, long.MaxValue)]
    public long WaitedMs { get; init; }

    /// <summary>Duration of the call that answered, in milliseconds.</summary>
    [Range(0, long.MaxValue)]
    public long DurationMs { get; init; }

    /// <summary>The model that answered, as the API names it.</summary>
    public string? Model { get; init; }

    /// <summary>The service tier that was used, as the API names it.</summary>
    public string? ServiceTier { get; init; }

    /// <summary>OpenAI's id of the request (<c>x-request-id</c>), to be quoted to its support.</summary>
    public string? RequestId { get; init; }

    /// <summary>
    /// What was used, where the API tells: by the call that answered, and by earlier attempts that were billed and
    /// failed.
    /// </summary>
    public Usage? Usage { get; init; }

    /// <summary>What that cost, where the worker's settings name the model's price.</summary>
    public Cost? Cost { get; init; }

    /// <summary>The API's whole answer, when the request said <c>simplify: false</c>.</summary>
    public JsonElement? Raw { get; init; }

    /// <inheritdoc/>
    [Each(MayBeNull = true)]
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}
