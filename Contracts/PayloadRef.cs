using System.ComponentModel.DataAnnotations;

namespace OpenAIWorker.Contracts;

/// <summary>A claim check: bytes that are too large for a message, kept in the worker's payload store.</summary>
public sealed record PayloadRef
{
    /// <summary>The store's name of the bytes.</summary>
    [Needed, RegularExpression("^p-[a-zA-Z0-9_-]{1,120}$", ErrorMessage = "p- and then 1 to 120 of a-z A-Z 0-9 _ -")]
    public string Id { get; init; } = "";

    /// <summary>Such as <c>image/png</c>.</summary>
    public string? ContentType { get; init; }

    /// <summary>Such as <c>image.png</c>.</summary>
    public string? FileName { get; init; }

    /// <summary>How many bytes.</summary>
    public long Length { get; init; }

    /// <summary>SHA-256 of the bytes, 64 hexadecimal digits.</summary>
    [RegularExpression("^[0-9a-fA-F]{64}$", ErrorMessage = "64 hexadecimal digits")]
    public string? Sha256 { get; init; }
}
