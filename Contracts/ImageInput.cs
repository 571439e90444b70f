using System.ComponentModel.DataAnnotations;

namespace OpenAIWorker.Contracts;

/// <summary>
/// An image for a model: exactly one of <see cref="Url"/>, <see cref="FileId"/>, <see cref="Base64"/> and
/// <see cref="Payload"/>.
/// </summary>
[ExactlyOne("url", "fileId", "base64", "payload")]
public sealed record ImageInput
{
    /// <summary>An <c>https</c> address that the provider fetches, or a <c>data:</c> URL.</summary>
    public string? Url { get; init; }

    /// <summary>A file uploaded to the provider. Responses only.</summary>
    public string? FileId { get; init; }

    /// <summary>The image's bytes.</summary>
    public string? Base64 { get; init; }

    /// <summary>An image in the worker's payload store, up to 50 MiB.</summary>
    public PayloadRef? Payload { get; init; }

    /// <summary>
    /// The type of <see cref="Base64"/> or <see cref="Payload"/>. Omitted: the payload's, else the type that the bytes
    /// show, else <c>image/png</c>.
    /// </summary>
    public string? ContentType { get; init; }

    /// <summary>
    /// <c>auto</c>, <c>low</c>, <c>high</c> or <c>original</c> (Responses only). Omitted: <c>auto</c>.
    /// </summary>
    [AllowedValues(null, "auto", "low", "high", "original")]
    public string? Detail { get; init; }
}
