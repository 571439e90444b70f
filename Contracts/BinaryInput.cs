namespace OpenAIWorker.Contracts;

/// <summary>
/// Bytes that the worker sends to the provider: exactly one of <see cref="Url"/>, <see cref="Base64"/> and
/// <see cref="Payload"/>.
/// </summary>
[ExactlyOne("url", "base64", "payload")]
public sealed record BinaryInput
{
    /// <summary>
    /// An <c>https</c> address that the worker fetches. Private and local addresses are refused, unless
    /// <c>Payloads:AllowedHosts</c> names the host.
    /// </summary>
    public string? Url { get; init; }

    /// <summary>The bytes.</summary>
    public string? Base64 { get; init; }

    /// <summary>Bytes in the worker's payload store.</summary>
    public PayloadRef? Payload { get; init; }

    /// <summary>
    /// The name that the provider gets; its extension often decides how the file is read. Omitted: the payload's or the
    /// address's name.
    /// </summary>
    public string? FileName { get; init; }

    /// <summary>Such as <c>audio/mpeg</c>. Omitted: the payload's or the address's type, else from the name.</summary>
    public string? ContentType { get; init; }
}
