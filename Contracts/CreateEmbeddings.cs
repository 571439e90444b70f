using System.ComponentModel.DataAnnotations;

namespace OpenAIWorker.Contracts;

/// <summary>
/// Compute vectors of texts: <c>POST /embeddings</c>. Ends as <see cref="EmbeddingsCreated"/>. Exactly one of
/// <see cref="Text"/> and <see cref="Texts"/>.
/// </summary>
public sealed record CreateEmbeddings : JobRequest
{
    /// <summary>The model. It has no default, because providers retire models.</summary>
    [Needed]
    public string? Model { get; init; }

    /// <summary>One text.</summary>
    [Needed("texts", "extra.input", MayBeBlank = true), StringLength(int.MaxValue, MinimumLength = 1)]
    public string? Text { get; init; }

    /// <summary>1 to 2,048 texts, each with a vector of its own.</summary>
    [Length(1, 2048)]
    public IReadOnlyList<string>? Texts { get; init; }

    /// <summary>How many numbers a vector has, 1 or more; not every model takes it. Omitted: the model's own.</summary>
    [Range(1, int.MaxValue)]
    public int? Dimensions { get; init; }

    /// <summary>
    /// <c>float</c>: vectors as numbers. <c>base64</c>: as the bytes of 32-bit floats, little-endian, a quarter of the
    /// size. Omitted: <c>float</c>.
    /// </summary>
    [AllowedValues(null, "float", "base64")]
    public string? Encoding { get; init; }

    /// <summary>
    /// True: vectors as members of the result. False: the API's unchanged answer in <c>raw</c>. Omitted: true.
    /// </summary>
    public bool? Simplify { get; init; }
}

/// <summary>The result of <see cref="CreateEmbeddings"/>.</summary>
public sealed record EmbeddingsCreated : OperationResult
{
    /// <summary>One vector per text, in the order of the request.</summary>
    public IReadOnlyList<Embedding>? Embeddings { get; init; }
}

/// <summary>One text's vector.</summary>
public sealed record Embedding
{
    /// <summary>
    /// The vector, if <see cref="CreateEmbeddings.Encoding"/> is <c>float</c>, whichever encoding the provider uses.
    /// </summary>
    public IReadOnlyList<double>? Vector { get; init; }

    /// <summary>
    /// The vector's bytes, if <see cref="CreateEmbeddings.Encoding"/> is <c>base64</c>, whichever encoding the provider
    /// uses.
    /// </summary>
    public string? Base64 { get; init; }
}
