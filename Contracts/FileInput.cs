using System.ComponentModel.DataAnnotations;

namespace OpenAIWorker.Contracts;

/// <summary>
/// A file for a model to read: exactly one of <see cref="FileId"/>, <see cref="Url"/>, <see cref="Base64"/> and
/// <see cref="Payload"/>.
/// </summary>
[ExactlyOne("url", "fileId", "base64", "payload")]
public sealed record FileInput
{
    /// <summary>A file uploaded to the provider.</summary>
    public string? FileId { get; init; }

    /// <summary>An <c>https</c> address that the provider fetches. Responses only.</summary>
    public string? Url { get; init; }

    /// <summary>The file's bytes; needs <see cref="FileName"/>.</summary>
    public string? Base64 { get; init; }

    /// <summary>A file in the worker's payload store, up to 50 MiB.</summary>
    public PayloadRef? Payload { get; init; }

    /// <summary>
    /// The name that goes with <see cref="Base64"/> or <see cref="Payload"/>, such as <c>report.pdf</c>. Omitted: the
    /// payload's.
    /// </summary>
    public string? FileName { get; init; }

    /// <summary>
    /// The type of <see cref="Base64"/> or <see cref="Payload"/>. Omitted: the payload's, else <c>application/pdf</c>.
    /// </summary>
    public string? ContentType { get; init; }

    /// <summary>
    /// How closely the model looks at its pages: <c>auto</c>, <c>low</c> or <c>high</c>. Responses only. Omitted: the
    /// API's default, <c>auto</c>.
    /// </summary>
    [AllowedValues(null, "auto", "low", "high")]
    public string? Detail { get; init; }
}
