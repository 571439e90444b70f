using OpenAIWorker.Contracts;
using static OpenAIWorker.Contracts.FailureCodes;
using static OpenAIWorker.Contracts.FailureKind;

namespace OpenAIWorker.Upstream;

/// <summary>
/// The one switch that turns the provider's refusal into a <see cref="Failure"/>. Status and code decide, never the type alone:
/// billing errors and rate limits share both 429 and a type.
/// </summary>
static class FailureSwitch
{
    public static Failure Of(int status, UpstreamError? error, UpstreamHeaders headers)
    {
        var failure = Kind(status, error?.Code ?? "", error) with
        {
            Status = status,
            Error = error,
            RequestId = headers.RequestId,
            RetryAfter = headers.RetryAfter,
            Member = error?.Param,
            Blames = CredentialBlames.Of(status, error),
        };
        return headers.ShouldRetry switch
        {
            true when failure.Kind == Permanent => failure with { Kind = Transient },
            false when failure.Kind == Transient => failure with { Kind = Permanent },
            _ => failure,
        };
    }

    /// <summary>An error inside an answer of status 200: a response that <c>failed</c>.</summary>
    public static Failure OfFailedResponse(UpstreamError error) => error.Code switch
    {
        "server_error" or "vector_store_timeout" => new(Transient, ProviderError, Says(error)) { Error = error },
        "rate_limit_exceeded" => new(Throttled, RateLimited, Says(error)) { Error = error },
        _ when CredentialBlames.IsQuota(error) => new(Permanent, QuotaExhausted, Says(error), Remedy.Operator) { Error = error, Blames = CredentialBlame.Certain },
        "image_content_policy_violation" or "invalid_prompt" or "bio_policy" =>
            new(Permanent, FailureCodes.ContentPolicy, Says(error), Remedy.Sender) { Error = error },
        _ => new(Permanent, InvalidRequest, Says(error), Remedy.Sender) { Error = error },
    };

    static Failure Kind(int status, string code, UpstreamError? error) => (status, code) switch
    {
        // Somebody else's turn, however long it takes: no attempt of this job failed.
        (400 or 409, "conversation_locked") => new(Throttled, Conflict, Says(error, status)),
        (400, _) when IsBusyThread(error) => new(Throttled, Conflict, Says(error, status)),
        (409, _) => new(Transient, Conflict, Says(error, status)),
        (400, "context_length_exceeded" or "string_above_max_length") => new(Permanent, ContextLengthExceeded, Says(error, status), Remedy.Sender),
        (400, "content_policy_violation" or "moderation_blocked" or "invalid_prompt" or "bio_policy" or "content_filter") =>
            new(Permanent, FailureCodes.ContentPolicy, Says(error, status), Remedy.Sender),
        (400, _) when error?.Param == "service_tier" => new(Permanent, InvalidRequest, Says(error, status), Remedy.Operator),
        (404, _) when IsNoRoute(error) => new(Permanent, NotFound, Says(error, status) + " This provider does not have the endpoint, or no longer.", Remedy.Operator),
        ( >= 300 and < 400, _) => new(Permanent, NotFound, Says(error, status) + " The base URL of the credential seems to have moved.", Remedy.Operator),
        (402, _) => new(Permanent, QuotaExhausted, Says(error, status), Remedy.Operator),
        (401, _) => new(Permanent, Unauthorized, Says(error, status), Remedy.Operator),
        // Of one model, not of the key: https://github.com/Aider-AI/aider/issues/604.
        (403 or 404, "model_not_found") => new(Permanent, ModelNotFound, Says(error, status), Remedy.Sender),
        (403, _) => new(Permanent, Forbidden, Says(error, status), Remedy.Operator),
        (404, _) => new(Permanent, NotFound, Says(error, status), Remedy.Sender),
        (408, _) => new(Transient, FailureCodes.Timeout, Says(error, status)),
        (429, _) when CredentialBlames.IsQuota(error) =>
            new(Permanent, QuotaExhausted, Says(error, status), Remedy.Operator),
        (429, _) when IsTooLarge(error) => new(Permanent, RequestTooLarge, Says(error, status), Remedy.Sender),
        (429 or 503, "slow_down") => new(Throttled, Overloaded, Says(error, status)),
        (429, _) => new(Throttled, RateLimited, Says(error, status)),
        (503, _) or (_, "server_is_overloaded") => new(Transient, Overloaded, Says(error, status)),
        ( >= 500, _) => new(Transient, ProviderError, Says(error, status)),
        _ => new(Permanent, InvalidRequest, Says(error, status), Remedy.Sender),
    };

    // OpenAI gives this the code of every rate limit; only its words tell that the request can never pass.
    static bool IsTooLarge(UpstreamError? error) => error?.Message?.StartsWith("Request too large", StringComparison.OrdinalIgnoreCase) == true;

    // The Assistants API has no code for what a conversation calls locked.
    static bool IsBusyThread(UpstreamError? error) => error?.Message is { } words
        && (words.Contains("already has an active run", StringComparison.Ordinal) || words.StartsWith("Can't add messages to thread", StringComparison.Ordinal));

    // What a route answers that is not there: OpenAI's words, or no words at all.
    static bool IsNoRoute(UpstreamError? error) => error?.Message is not { Length: > 0 } words || words.StartsWith("Invalid URL", StringComparison.OrdinalIgnoreCase);

    static string Says(UpstreamError? error, int? status = null)
    {
        var where = status is { } number ? $"The provider answered {number}" : "The provider's answer says failed";
        return error?.Message is { Length: > 0 } words ? $"{where}: {words}" : $"{where} and no reason.";
    }
}
