namespace OpenAIWorker.Contracts;

/// <summary>A claim check: bytes that are too large for a message, kept in the worker's payload store.</summary>
public sealed record PayloadRef
{
    /// <summary>The store's name of the bytes.</summary>
    [Needed]
    public string Id { get; init; } = "";

    /// <summary>Such as <c>image/png</c>.</summary>
    public string? ContentType { get; init; }

    /// <summary>Such as <c>image.png</c>.</summary>
    public string? FileName { get; init; }

    /// <summary>How many bytes.</summary>
    public long Length { get; init; }

    /// <summary>SHA-256 of the bytes, 64 hexadecimal digits in lower case.</summary>
    public string? Sha256 { get; init; }
}
