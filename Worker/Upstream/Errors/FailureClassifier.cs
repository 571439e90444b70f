using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream.Headers;
using static OpenAIWorker.Contracts.FailureCodes;
using static OpenAIWorker.Contracts.FailureKind;

namespace OpenAIWorker.Upstream.Errors;

/// <summary>
/// The only place that turns the provider's refusal into a <see cref="Failure"/>. Status and code decide; type and text
/// only if there is no code, because billing errors and rate limits share both 429 and a type.
/// </summary>
static class FailureClassifier
{
    /// <summary>A refusal.</summary>
    public static Failure Of(int status, UpstreamError? error, UpstreamHeaders headers) =>
        Judged(status, error, headers, $"The provider answered {status}");

    /// <summary>An error inside an answer whose status says success: the error's own status counts.</summary>
    public static Failure OfInner(int status, UpstreamError error, UpstreamHeaders? headers)
    {
        var own = InnerError.StatusOf(error) ?? 502;
        return Judged(own, error, headers, $"The provider answered {status} with an error ({own})");
    }

    /// <summary>A response that <c>failed</c>.</summary>
    public static Failure OfFailedResponse(UpstreamError error)
    {
        const string says = "The provider's answer has the status failed";
        var status = InnerError.StatusOf(error) ?? 400;
        var failure = Kind(status, error, says) with { Error = error, RetryAfter = RetryWish.In(error, null) };
        return failure with { Blames = Blame(failure, status, error) };
    }

    static Failure Judged(int status, UpstreamError? error, UpstreamHeaders? headers, string says)
    {
        // A gateway may hide a refusal behind a 500.
        var meant = status >= 500 && error.StatusBehind() is { } behind ? behind : status;
        var failure = Kind(meant, error, says) with
        {
            Status = status,
            Error = error,
            RequestId = headers?.RequestId,
            Member = error?.Param,
        };
        failure = failure with { Blames = Blame(failure, meant, error) };
        failure = headers?.ShouldRetry switch
        {
            true when failure.Kind == Permanent => failure with { Kind = Transient },
            false when failure.Kind == Transient => failure with { Kind = Permanent },
            _ => failure,
        };
        // A wait time in the text is only read if the job will be retried.
        var wish = failure.Kind == Permanent || error is null ? null : RetryWish.In(error, headers?.Now);
        return failure with { RetryAfter = headers?.Told ?? wish ?? headers?.RetryAfter };
    }

    // A name or text about the prompt or the model is not about the key; one about a key or an account may be.
    static CredentialBlame Blame(Failure failure, int status, UpstreamError? error) =>
        (failure.Code, CredentialBlames.Of(status, error)) switch
        {
            (FailureCodes.ContentPolicy or ModelNotFound or ContextLengthExceeded, _) => CredentialBlame.None,
            (QuotaExhausted, _) when error.IsPriceOfJob() => CredentialBlame.None,
            (Unauthorized or QuotaExhausted or Forbidden, CredentialBlame.None) => CredentialBlame.Suspected,
            var (_, blame) => blame,
        };

    static Failure Kind(int status, UpstreamError? error, string says)
    {
        var reason = error?.Message is { Length: > 0 } words ? $"{says}: {words}" : $"{says} and no reason.";
        return (status, error.Name()) switch
        {
            // Another job's turn, however long it takes: no attempt of this job failed.
            (400 or 409, "conversation_locked") => new(Throttled, Conflict, reason),
            (400, _) when error.IsBusyThread() => new(Throttled, Conflict, reason),
            (400, _) when error.IsThrottling() => new(Throttled, RateLimited, reason),
            (409 or 423, _) => new(Transient, Conflict, reason),
            (400 or 422 or 500, _) when error.IsContextLength() =>
                new(Permanent, ContextLengthExceeded, reason, Remedy.Sender),
            (413, _) when error.IsContextLength() => new(Permanent, ContextLengthExceeded, reason, Remedy.Sender),
            (413 or 414 or 431 or 494, _) => new(Permanent, RequestTooLarge, reason, Remedy.Sender),
            (400 or 401 or 402 or 403 or 412, _)
                when error.IsQuota() => new(Permanent, QuotaExhausted, reason, Remedy.Operator),
            (400 or 403 or 412, _) when error.IsClosedAccount() || error.IsRefusedPlace() =>
                new(Permanent, Forbidden, reason, Remedy.Operator),
            // The prompt was refused, not the key.
            (400 or 403 or 422 or 451, _)
                when error.IsContentPolicy() => new(Permanent, FailureCodes.ContentPolicy, reason, Remedy.Sender),
            (497, _) or (400, _) when status == 497 || error.IsPlainHttp() =>
                new(Permanent, Unreachable,
                    reason.Then("The server expects TLS: begin the credential's BaseUrl with https."), Remedy.Operator),
            (421 or 426 or 495 or 496 or < 200, _) =>
                new(Permanent, Unreachable,
                    reason.Then("A server or a proxy does not accept this connection: check the credential's BaseUrl."),
                    Remedy.Operator),
            (400, _) when error?.Param == "service_tier" => new(Permanent, InvalidRequest, reason, Remedy.Operator),
            (402, _) => new(Permanent, QuotaExhausted, reason, Remedy.Operator),
            (400 or 403, _) when error.SaysQuota() => new(Permanent, QuotaExhausted, reason, Remedy.Operator),
            // About one model, not about the key: https://github.com/Aider-AI/aider/issues/604.
            (401, _) when !error.IsKey() && error.IsModel(status) =>
                new(Permanent, ModelNotFound, reason, Remedy.Sender),
            (401, _) or (400, _) when status == 401 || error.IsKey() =>
                new(Permanent, Unauthorized, reason, Remedy.Operator),
            (400 or 403 or 404 or 410 or 422, _)
                when error.IsModel(status) => new(Permanent, ModelNotFound, reason, Remedy.Sender),
            (404 or 405 or 501, _) when status != 404 || error.IsNoRoute() =>
                new(Permanent, NotFound, reason.Then("This provider does not have the endpoint, or no longer has it."),
                    Remedy.Operator),
            (300 or 304 or 305 or 306, _) =>
                new(Permanent, NotFound, reason.Then("A cache or a proxy answered instead of the provider."),
                    Remedy.Operator),
            ( >= 300 and < 400, _) => new(Permanent, NotFound, reason, Remedy.Operator),
            (403, _) => new(Permanent, Forbidden, reason, Remedy.Operator),
            (404 or 410, _) => new(Permanent, NotFound, reason, Remedy.Sender),
            (407 or 511, _) =>
                new(Permanent, Unreachable, reason.Then("A proxy requires a login."), Remedy.Operator),
            (408, _) => new(Transient, FailureCodes.Timeout, reason),
            (425 or 499 or 424, _) => new(Transient, ProviderError, reason),
            (429, _) when error.IsQuota() => new(Permanent, QuotaExhausted, reason, Remedy.Operator),
            (429, _) when error.IsTooLarge() => new(Permanent, RequestTooLarge, reason, Remedy.Sender),
            // This refusal costs nothing, and uses no attempt.
            (498 or 529, _) or (429 or 503, "slow_down") => new(Throttled, Overloaded, reason),
            (429, _) when error.IsOverload() => new(Throttled, Overloaded, reason),
            (429, _) => new(Throttled, RateLimited, reason),
            (503, _) => new(Transient, Overloaded, reason),
            ( >= 500, _) when error.IsOverload() => new(Transient, Overloaded, reason),
            ( >= 505 and <= 510, _) => new(Permanent, ProviderError, reason, Remedy.Operator),
            ( >= 500, _) when error.IsBadRequest() => new(Permanent, InvalidRequest, reason, Remedy.Sender),
            ( >= 500, _) => new(Transient, ProviderError, reason),
            _ => new(Permanent, InvalidRequest, reason, Remedy.Sender),
        };
    }
}
