using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Upstream.Errors;

/// <summary>
/// Distinguishes a refused key or account from a refused request. Providers use the same statuses for both.
/// </summary>
static class CredentialBlames
{
    const string Quota = "insufficient_quota";

    /// <summary>Whether a code means that the account may not spend.</summary>
    public static bool IsQuota(string? code) =>
        code is Quota or "credit_balance_exhausted" or "billing_hard_limit_reached" or "billing_not_active"
        or "organization_spend_limit_exceeded" or "project_spend_limit_exceeded" or "organization_usage_limit_exceeded";

    /// <summary>Whether an error means that the account may not spend, even if only its type says so.</summary>
    public static bool IsQuota(UpstreamError? error) =>
        IsQuota(error?.Code) || error is { Code: null or "", Type: Quota };

    public static CredentialBlame Of(int status, UpstreamError? error) => status switch
    {
        // The remaining budget is too small for this job alone.
        400 or 402 or 403 or 429 when error.IsPriceOfJob() => CredentialBlame.None,
        400 or 401 or 402 or 403 or 412 or 429
            when ErrorWords.IsQuota(error) || error.IsClosedAccount() => CredentialBlame.Certain,
        401 or 402 or 403 when IsAbout(error) => CredentialBlame.Certain,
        401 or 402 or 403 => error?.Code == "model_not_found" ? CredentialBlame.None : CredentialBlame.Suspected,
        429 when IsQuota(error) => CredentialBlame.Certain,
        _ => CredentialBlame.None,
    };

    /// <summary>
    /// Whether a call that any key may make is refused because of a missing right: then the key itself is valid.
    /// </summary>
    public static bool IsMissingRight(UpstreamError? error) => error?.Message is { } words
        && (words.Contains("missing scope", StringComparison.OrdinalIgnoreCase)
            || words.Contains("insufficient permissions", StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Whether the error proves a valid key: the provider checked the request itself, and named its fault.
    /// </summary>
    public static bool ShowValidKey(int status, UpstreamError? error) =>
        status is 400 or 404 or 409 or 422 or 429 && error is { Code: [not (>= '0' and <= '9'), ..] }
            or { Param.Length: > 0 } && Of(status, error) == CredentialBlame.None;

    static bool IsAbout(UpstreamError? error) => IsQuota(error)
        || error?.Code is "invalid_api_key" or "incorrect_api_key" or "expired_api_key" or "api_key_expired"
        or "invalid_issuer" or "invalid_authentication" or "account_deactivated" or "organization_deactivated"
        or "account_suspended" or "invalid_organization"
        or "mismatched_organization" or "mismatched_project" or "ip_not_authorized" or "ip_not_allowed"
        or "unsupported_country_region_territory";
}
