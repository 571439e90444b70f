
using OpenAIWorker.Settings;
using OpenAIWorker.Settings.Secrets;

namespace OpenAIWorker.Payloads.S3;

/// <summary>The section <c>Payloads:S3</c>: a bucket at Amazon, or at any server with the same API.</summary>
sealed record S3Options
{
    /// <summary>The bucket; it must exist.</summary>
    public string? Bucket { get; init; }

    /// <summary>The prefix of the names of all objects, such as <c>payloads/</c>.</summary>
    public string? Prefix { get; init; }

    /// <summary>
    /// The region, such as <c>eu-central-1</c>. Omitted: the machine's, as every AWS program finds it.
    /// </summary>
    public string? Region { get; init; }

    /// <summary>The server, if it is not Amazon's.</summary>
    public Uri? ServiceUrl { get; init; }

    /// <summary>
    /// Whether the bucket is a part of the path instead of the host's name; most servers other than Amazon's need it.
    /// </summary>
    public bool ForcePathStyle { get; init; }

    /// <summary>How long one request may take; a large payload is sent in requests of 5 MB each.</summary>
    [Allowed("00:00:01", "00:10:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The id of the access key. Omitted: the machine's own credentials, as every AWS program finds them.
    /// </summary>
    public string? AccessKey { get; init; }

    /// <summary>The secret key.</summary>
    [Secret]
    public string? SecretKey { get; init; }
}
