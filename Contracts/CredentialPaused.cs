using System.ComponentModel.DataAnnotations;

namespace OpenAIWorker.Contracts;

/// <summary>A credential was refused (401, 403, quota): a worker makes no more calls with it. Its jobs stay where they wait. Somebody has to act.</summary>
public sealed record CredentialPaused
{
    /// <summary>The credential's name in the settings.</summary>
    public required string Credential { get; init; }

    /// <summary><see cref="FailureCodes.Unauthorized"/>, <see cref="FailureCodes.Forbidden"/> or <see cref="FailureCodes.QuotaExhausted"/>.</summary>
    [AllowedValues(FailureCodes.Unauthorized, FailureCodes.Forbidden, FailureCodes.QuotaExhausted)]
    public required string Code { get; init; }

    /// <summary>The provider's words.</summary>
    public required string Message { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>When the worker tries it again, by a call of its own that costs nothing, or by one job where money is the cause.</summary>
    public DateTimeOffset NextProbe { get; init; }
}
