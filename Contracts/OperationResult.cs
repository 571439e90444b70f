using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace OpenAIWorker.Contracts;

/// <summary>The members of every result.</summary>
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

    /// <summary>From the first delivery to a worker to the start of the successful call, in milliseconds.</summary>
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
    /// Usage of the successful call, and of earlier attempts that were billed and failed, if the API reports it.
    /// </summary>
    public Usage? Usage { get; init; }

    /// <summary>The cost of this usage, if the model's price is known.</summary>
    public Cost? Cost { get; init; }

    /// <summary>
    /// The API's whole answer, if the request said <c>simplify: false</c>. In an event that would have more than 64
    /// levels, each object or list beyond the 60th is a text, which contains it as JSON.
    /// </summary>
    public JsonElement? Raw { get; init; }

    /// <inheritdoc/>
    [Each(MayBeNull = true)]
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}
