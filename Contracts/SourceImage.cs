namespace OpenAIWorker.Contracts;

/// <summary>
/// An image to edit: exactly one of <see cref="FileId"/>, <see cref="ImageUrl"/>, <see cref="Url"/>,
/// <see cref="Base64"/> and <see cref="Payload"/>.
/// </summary>
[ExactlyOne("fileId", "imageUrl", "url", "base64", "payload")]
public sealed record SourceImage
{
    /// <summary>A file uploaded to the provider.</summary>
    public string? FileId { get; init; }

    /// <summary>An <c>https</c> address that the provider fetches.</summary>
    public string? ImageUrl { get; init; }

    /// <summary>
    /// An <c>https</c> address that the worker fetches. Private and local addresses are refused, unless
    /// <c>Payloads:AllowedHosts</c> names the host.
    /// </summary>
    public string? Url { get; init; }

    /// <summary>The bytes.</summary>
    public string? Base64 { get; init; }

    /// <summary>Bytes in the worker's payload store.</summary>
    public PayloadRef? Payload { get; init; }

    /// <summary>The name that the provider gets. Omitted: the payload's or the address's name.</summary>
    public string? FileName { get; init; }

    /// <summary>Such as <c>image/png</c>. Omitted: the payload's or the address's type, else from the name.</summary>
    public string? ContentType { get; init; }
}
