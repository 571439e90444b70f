using System.ComponentModel.DataAnnotations;

namespace OpenAIWorker.Contracts;

/// <summary>
/// A credential was refused (401, 403, quota), or an operator paused it. Workers make no more calls with it, and its
/// jobs wait. After a refusal, an operator must act.
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
    /// When the worker tries it again: with a call that costs nothing, or with one job if the quota was the cause.
    /// </summary>
    public DateTimeOffset NextProbe { get; init; }
}
