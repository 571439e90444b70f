using System.ComponentModel.DataAnnotations;

namespace OpenAIWorker.Contracts;

/// <summary>Upload a file to the provider: <c>POST /files</c>. Ends as <see cref="FileUploaded"/>.</summary>
public sealed record UploadFile : JobRequest
{
    /// <summary>
    /// The file, up to 512 MiB. The provider lists it by its name, and the extension must fit the purpose.
    /// </summary>
    [Needed]
    public BinaryInput? File { get; init; }

    /// <summary>
    /// <c>assistants</c>, <c>batch</c>, <c>fine-tune</c>, <c>vision</c>, <c>user_data</c> or <c>evals</c>. Omitted:
    /// <c>assistants</c>.
    /// </summary>
    [AllowedValues(null, "assistants", "batch", "fine-tune", "vision", "user_data", "evals")]
    public string? Purpose { get; init; }

    /// <summary>
    /// The provider deletes the file this long after the upload, as <c>d.hh:mm:ss</c>. 1 hour to 30 days; omitted: the
    /// API's default: never, except for <c>batch</c>.
    /// </summary>
    [Range(typeof(TimeSpan), "01:00:00", "30.00:00:00")]
    public TimeSpan? ExpiresAfter { get; init; }

    /// <summary>
    /// True: the file as a member of the result. False: the API's unchanged answer in <c>raw</c>. Omitted: true.
    /// </summary>
    public bool? Simplify { get; init; }
}

/// <summary>The result of <see cref="UploadFile"/>.</summary>
public sealed record FileUploaded : OperationResult
{
    /// <summary>The file as the provider has it.</summary>
    public ProviderFile? File { get; init; }
}
