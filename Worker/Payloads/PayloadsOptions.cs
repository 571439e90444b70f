using Microsoft.Extensions.Options;
using OpenAIWorker.Payloads.Fetched;
using OpenAIWorker.Payloads.S3;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Payloads;

/// <summary>
/// The section <c>Payloads</c>: where bytes are kept that are too large for a message, and what may be fetched.
/// </summary>
sealed record PayloadsOptions
{
    /// <summary>Where payloads are kept.</summary>
    public PayloadStoreKind Store { get; init; } = PayloadStoreKind.FileSystem;

    /// <summary>
    /// The folder of the store <c>FileSystem</c>; every worker needs the same. Omitted: <c>openai-worker/payloads</c>
    /// in the local application data, which belongs to the user and does not depend on the working directory.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>
    /// How long a payload is kept. Keep it above <c>Delivery:MaxAge</c>, so that no job outlives what it points to.
    /// </summary>
    [Allowed("00:01:00", "365.00:00:00")]
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromDays(7);

    /// <summary>
    /// In bytes. What a provider made travels inside the event up to this size, and through the store above it.
    /// </summary>
    [Allowed(0, 8388608)]
    public int InlineLimit { get; init; } = 256 * 1024;

    /// <summary>
    /// Hosts that may be fetched from by <c>http</c>, and at private addresses. Names or addresses, with commas between
    /// them.
    /// </summary>
    public string? AllowedHosts { get; init; }

    /// <summary>In bytes. No more is fetched from an address.</summary>
    [Allowed(1, 8589934592)]
    public long MaxDownload { get; init; } = 512 * 1024 * 1024;

    /// <summary>How many redirects are followed to what is fetched.</summary>
    [Allowed(0, 20)]
    public int MaxRedirects { get; init; } = 5;

    /// <summary>Of the store <c>S3</c>.</summary>
    [ValidateObjectMembers]
    public S3Options S3 { get; init; } = new();
}

[OptionsValidator]
sealed partial class PayloadsOptionsValidator : IValidateOptions<PayloadsOptions>;
