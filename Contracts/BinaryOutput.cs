using System.ComponentModel.DataAnnotations;

namespace OpenAIWorker.Contracts;

/// <summary>
/// Bytes that the provider made: inline as <see cref="Base64"/>, or in the payload store if they are larger than the
/// worker's setting.
/// </summary>
public sealed record BinaryOutput
{
    /// <summary>The bytes, if there are few.</summary>
    public string? Base64 { get; init; }

    /// <summary>Where the bytes are stored, if there are many.</summary>
    public PayloadRef? Payload { get; init; }

    /// <summary>Such as <c>image/png</c>.</summary>
    public string? ContentType { get; init; }

    /// <summary>Such as <c>image.png</c>.</summary>
    public string? FileName { get; init; }

    /// <summary>How many bytes.</summary>
    public long Length { get; init; }

    /// <summary>SHA-256 of the bytes, 64 hexadecimal digits in lower case.</summary>
    [RegularExpression("^[0-9a-f]{64}$", ErrorMessage = "64 hexadecimal digits in lower case")]
    public string? Sha256 { get; init; }
}
