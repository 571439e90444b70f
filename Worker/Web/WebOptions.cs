using Microsoft.Extensions.Options;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Web;

/// <summary>The section <c>Web</c>: jobs over HTTP, and pages for operators.</summary>
sealed record WebOptions
{
    /// <summary>The port of <c>worker web</c> where none is set.</summary>
    public const int UsualPort = 8090;

    /// <summary>The port. Empty: there are no jobs over HTTP and no pages.</summary>
    [Allowed(1, 65535)]
    public int? Port { get; init; }

    /// <summary>
    /// The IP address that is listened on, <c>*</c> for all. Empty: this machine alone while there is no token, else
    /// all.
    /// </summary>
    public string? Address { get; init; }

    /// <summary>
    /// The names by which browsers and programs call it, joined by commas; <c>*.example.com</c> stands for all below.
    /// Empty: any name, and while there is no token those of this machine alone.
    /// </summary>
    public string? Hosts { get; init; }

    /// <summary>A file of PEM with the certificate and its chain. Empty: HTTP without TLS.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>A file of PEM with the certificate's key. Empty: it is in the certificate's file.</summary>
    public string? KeyFile { get; init; }

    /// <summary>How long a browser stays signed in.</summary>
    [Allowed("00:05:00", "30.00:00:00")]
    public TimeSpan SignedInFor { get; init; } = TimeSpan.FromHours(12);

    /// <summary>
    /// How long a call in OpenAI's shapes, such as <c>/v1/chat/completions</c>, is held until its job has ended. The
    /// job goes on after that.
    /// </summary>
    [Allowed("00:00:01", "01:00:00")]
    public TimeSpan HoldFor { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Requests a minute of one token, or of one address that shows none.</summary>
    [Allowed(1, 10_000_000)]
    public int RequestsPerMinute { get; init; } = 6000;

    /// <summary>Bytes of one job, or of one line of many.</summary>
    [Allowed(1024, 134_217_728)]
    public int MaxJobBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Bytes of a payload or of a file of jobs.</summary>
    [Allowed(1024, 1_099_511_627_776)]
    public long MaxFileBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>Who may use it, by names of the operator's choice.</summary>
    public IReadOnlyDictionary<string, WebTokenOptions> Tokens { get; init; } =
        new Dictionary<string, WebTokenOptions>();
}

/// <summary>The sections <c>Web:Tokens:NAME</c>: a token, and what it allows.</summary>
sealed record WebTokenOptions
{
    /// <summary>
    /// <c>sha256:</c> and the token's SHA-256 in hexadecimal digits. <c>worker web token</c> makes a token, and prints
    /// this beside it.
    /// </summary>
    [Secret]
    public string? Hash { get; init; }

    /// <summary>
    /// What it allows, joined by commas: <c>send</c> jobs and cancel them, <c>read</c> what became of them,
    /// <c>operate</c> the installation, which needs <c>read</c> too.
    /// </summary>
    public string Roles { get; init; } = "send,read";

    /// <summary>
    /// The tenant whose jobs it sends and sees, and no others. It stands in each job's <c>metadata</c> at the key
    /// <see cref="Limits.LimitsOptions.Tenant"/>. Empty: all tenants'.
    /// </summary>
    public string? Tenant { get; init; }
}

[OptionsValidator]
sealed partial class WebOptionsValidator : IValidateOptions<WebOptions>;
