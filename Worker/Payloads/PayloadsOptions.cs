using Microsoft.Extensions.Options;
using OpenAIWorker.Payloads.Fetched;
using OpenAIWorker.Payloads.S3;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Payloads;

/// <summary>
/// The section <c>Payloads</c>: where bytes are stored that are too large for a message, and what may be downloaded.
/// </summary>
sealed record PayloadsOptions
{
    /// <summary>Where payloads are stored.</summary>
    public PayloadStoreKind Store { get; init; } = PayloadStoreKind.FileSystem;

    /// <summary>
    /// The folder of the store <c>FileSystem</c>; every worker needs the same. Omitted: <c>openai-worker/payloads</c>
    /// in the local application data, which belongs to the user and does not depend on the working directory.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>
    /// How long a payload is kept. It should be longer than <c>Delivery:MaxAge</c>, so that no job outlives its
    /// payloads.
    /// </summary>
    [Allowed("00:01:00", "365.00:00:00")]
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromDays(7);

    /// <summary>
    /// In bytes. A provider's output up to this size travels inside the event; larger output goes to the store.
    /// </summary>
    [Allowed(0, 8388608)]
    public int InlineLimit { get; init; } = 256 * 1024;

    /// <summary>
    /// Hosts that may be downloaded from by <c>http</c>, and at private addresses. Names or addresses, separated by
    /// commas.
    /// </summary>
    public string? AllowedHosts { get; init; }

    /// <summary>In bytes. The largest download from an address.</summary>
    [Allowed(1, 8589934592)]
    public long MaxDownload { get; init; } = 512 * 1024 * 1024;

    /// <summary>The largest number of redirects of a download.</summary>
    [Allowed(0, 20)]
    public int MaxRedirects { get; init; } = 5;

    /// <summary>Settings of the store <c>S3</c>.</summary>
    [ValidateObjectMembers]
    public S3Options S3 { get; init; } = new();
}

[OptionsValidator]
sealed partial class PayloadsOptionsValidator : IValidateOptions<PayloadsOptions>;
