using Microsoft.Extensions.Options;
using OpenAIWorker.Settings;
using OpenAIWorker.Settings.Secrets;

namespace OpenAIWorker.Web;

/// <summary>The section <c>Web</c>: the HTTP API for jobs, and the operators' pages.</summary>
sealed record WebOptions
{
    /// <summary>The default port of <c>worker web</c>.</summary>
    public const int UsualPort = 8090;

    /// <summary>The port. Empty: no HTTP API and no pages.</summary>
    [Allowed(1, 65535)]
    public int? Port { get; init; }

    /// <summary>
    /// The IP address to listen on, <c>*</c> for all. Empty: only this machine while there is no token, otherwise all.
    /// </summary>
    public string? Address { get; init; }

    /// <summary>
    /// The host names by which browsers and programs call it, joined by commas; <c>*.example.com</c> matches all names
    /// below. Empty: any name; while there is no token, only the names of this machine.
    /// </summary>
    public string? Hosts { get; init; }

    /// <summary>A PEM file with the certificate and its chain. Empty: HTTP without TLS.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>A PEM file with the certificate's key. Empty: the key is in the certificate's file.</summary>
    public string? KeyFile { get; init; }

    /// <summary>How long a browser stays signed in.</summary>
    [Allowed("00:05:00", "30.00:00:00")]
    public TimeSpan SignedInFor { get; init; } = TimeSpan.FromHours(12);

    /// <summary>
    /// How long a call in OpenAI's shapes, such as <c>/v1/chat/completions</c>, waits for the ending of its job. The
    /// job continues after that.
    /// </summary>
    [Allowed("00:00:01", "01:00:00")]
    public TimeSpan HoldFor { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Requests per minute of one token, or of one address without a token.</summary>
    [Allowed(1, 10_000_000)]
    public int RequestsPerMinute { get; init; } = 6000;

    /// <summary>The largest size in bytes of a job, or of a line of many jobs.</summary>
    [Allowed(1024, 134_217_728)]
    public int MaxJobBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>The largest size in bytes of a payload or of a file of jobs.</summary>
    [Allowed(1024, 1_099_511_627_776)]
    public long MaxFileBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>The tokens, by names that the operator chooses.</summary>
    public IReadOnlyDictionary<string, WebTokenOptions> Tokens { get; init; } =
        new Dictionary<string, WebTokenOptions>();
}

/// <summary>The sections <c>Web:Tokens:NAME</c>: a token and its rights.</summary>
sealed record WebTokenOptions
{
    /// <summary>
    /// <c>sha256:</c> and the token's SHA-256 in hexadecimal digits. <c>worker web token</c> makes a token and prints
    /// this hash.
    /// </summary>
    [Secret]
    public string? Hash { get; init; }

    /// <summary>
    /// The roles, joined by commas: <c>send</c> (send and cancel jobs), <c>read</c> (read jobs and their results),
    /// <c>operate</c> (operate the installation; needs <c>read</c> too).
    /// </summary>
    public string Roles { get; init; } = "send,read";

    /// <summary>
    /// The only tenant whose jobs the token sends and sees. It is written to each job's <c>metadata</c> at the key
    /// <see cref="Limits.LimitsOptions.Tenant"/>. Empty: all tenants.
    /// </summary>
    public string? Tenant { get; init; }
}

[OptionsValidator]
sealed partial class WebOptionsValidator : IValidateOptions<WebOptions>;
