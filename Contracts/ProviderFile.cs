namespace OpenAIWorker.Contracts;

/// <summary>A file at the provider.</summary>
public sealed record ProviderFile
{
    /// <summary>The provider's name of the file, to be used as <c>fileId</c>.</summary>
    public string Id { get; init; } = "";

    /// <summary>Such as <c>report.pdf</c>.</summary>
    public string? FileName { get; init; }

    /// <summary>How many bytes.</summary>
    public long? Length { get; init; }

    /// <summary>Its purpose, such as <c>assistants</c>.</summary>
    public string? Purpose { get; init; }

    /// <summary>When it was uploaded.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When the provider will delete it, if ever.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
