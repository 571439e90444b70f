using System.ComponentModel.DataAnnotations;

namespace OpenAIWorker.Contracts;

/// <summary>List the files at the provider: <c>GET /files</c>. Ends as <see cref="FilesListed"/>.</summary>
public sealed record ListFiles : JobRequest
{
    /// <summary>Only files of this purpose, such as <c>batch</c>. Omitted: all.</summary>
    public string? Purpose { get; init; }

    /// <summary><c>asc</c>: oldest first. <c>desc</c>: newest first. Omitted: the API's default, <c>desc</c>.</summary>
    [AllowedValues(null, "asc", "desc")]
    public string? Order { get; init; }

    /// <summary>How many at most, 1 to 10,000. Omitted: the API's default, 10,000.</summary>
    [Range(1, 10000)]
    public int? Limit { get; init; }

    /// <summary>
    /// Only files after this one in the order: the last id of the previous page. Omitted: from the start.
    /// </summary>
    public string? After { get; init; }

    /// <summary>
    /// True: the files as members of the result. False: the API's unchanged answer in <c>raw</c>. Omitted: true.
    /// </summary>
    public bool? Simplify { get; init; }
}

/// <summary>The result of <see cref="ListFiles"/>.</summary>
public sealed record FilesListed : OperationResult
{
    /// <summary>The files, in the order that was asked for.</summary>
    public IReadOnlyList<ProviderFile>? Files { get; init; }

    /// <summary>Whether there are more behind the last of them.</summary>
    public bool? HasMore { get; init; }
}
