using System.ComponentModel.DataAnnotations;

namespace OpenAIWorker.Contracts;

/// <summary>
/// A credential was refused (401, 403, quota), or an operator paused it: a worker makes no more calls with it. Its jobs
/// stay where they wait. Somebody has to act where it was refused.
/// </summary>
public sealed record CredentialPaused
{
    /// <summary>The credential's name in the settings.</summary>
    public required string Credential { get; init; }

    /// <summary>
    /// <see cref="FailureCodes.Unauthorized"/>, <see cref="FailureCodes.Forbidden"/>,
    /// <see cref="FailureCodes.QuotaExhausted"/>, or <c>paused_by_operator</c>.
    /// </summary>
    [AllowedValues(FailureCodes.Unauthorized, FailureCodes.Forbidden, FailureCodes.QuotaExhausted,
        "paused_by_operator")]
    public required string Code { get; init; }

    /// <summary>The provider's words, or until when an operator paused it.</summary>
    public required string Message { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>
    /// When the worker tries it again, by a call of its own that costs nothing, or by one job where money is the cause.
    /// </summary>
    public DateTimeOffset NextProbe { get; init; }
}
