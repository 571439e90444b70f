namespace OpenAIWorker.Contracts;

/// <summary>Delete a file at the provider: <c>DELETE /files/{id}</c>. Ends as <see cref="FileDeleted"/>.</summary>
public sealed record DeleteFile : JobRequest
{
    /// <summary>The provider's name of the file.</summary>
    [Needed]
    public string? FileId { get; init; }
}

/// <summary>The result of <see cref="DeleteFile"/>.</summary>
public sealed record FileDeleted : OperationResult
{
    /// <summary>The file.</summary>
    public string? FileId { get; init; }

    /// <summary>Whether the provider says that it is gone.</summary>
    public bool? Deleted { get; init; }
}
