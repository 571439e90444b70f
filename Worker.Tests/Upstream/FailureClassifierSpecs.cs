using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream.Errors;
using static OpenAIWorker.Contracts.FailureCodes;
using static OpenAIWorker.Contracts.FailureKind;
using static OpenAIWorker.Contracts.Remedy;

namespace OpenAIWorker.Tests.Upstream;

public sealed class FailureClassifierSpecs
{
    const string Any = "";

    [Theory]
    [InlineData(400, "invalid_value", Permanent, InvalidRequest, Sender)]
    [InlineData(400, "unsupported_parameter", Permanent, InvalidRequest, Sender)]
    [InlineData(400, Any, Permanent, InvalidRequest, Sender)]
    [InlineData(413, Any, Permanent, RequestTooLarge, Sender)]
    [InlineData(414, Any, Permanent, RequestTooLarge, Sender)]
    [InlineData(431, Any, Permanent, RequestTooLarge, Sender)]
    [InlineData(400, "data_inspection_failed", Permanent, ContentPolicy, Sender)]
    [InlineData(404, "DeploymentNotFound", Permanent, ModelNotFound, Sender)]
    [InlineData(400, "model_decommissioned", Permanent, ModelNotFound, Sender)]
    [InlineData(415, Any, Permanent, InvalidRequest, Sender)]
    [InlineData(422, Any, Permanent, InvalidRequest, Sender)]
    [InlineData(400, "context_length_exceeded", Permanent, ContextLengthExceeded, Sender)]
    [InlineData(400, "string_above_max_length", Permanent, ContextLengthExceeded, Sender)]
    [InlineData(400, "content_policy_violation", Permanent, ContentPolicy, Sender)]
    [InlineData(400, "moderation_blocked", Permanent, ContentPolicy, Sender)]
    [InlineData(400, "invalid_prompt", Permanent, ContentPolicy, Sender)]
    [InlineData(400, "bio_policy", Permanent, ContentPolicy, Sender)]
    [InlineData(400, "content_filter", Permanent, ContentPolicy, Sender)]
    [InlineData(404, "model_not_found", Permanent, ModelNotFound, Sender)]
    [InlineData(403, "model_not_found", Permanent, ModelNotFound, Sender)]
    [InlineData(404, Any, Permanent, NotFound, Sender)]
    public void Sender_has_to_change_the_request(int status, string code, FailureKind kind, string failure,
        Remedy remedy) =>
        Becomes(status, code, kind, failure, remedy);

    [Theory]
    [InlineData(401, "invalid_api_key", Permanent, Unauthorized, Operator)]
    [InlineData(403, "unsupported_country_region_territory", Permanent, Forbidden, Operator)]
    [InlineData(429, "insufficient_quota", Permanent, QuotaExhausted, Operator)]
    [InlineData(429, "credit_balance_exhausted", Permanent, QuotaExhausted, Operator)]
    [InlineData(429, "billing_hard_limit_reached", Permanent, QuotaExhausted, Operator)]
    [InlineData(429, "billing_not_active", Permanent, QuotaExhausted, Operator)]
    [InlineData(429, "organization_spend_limit_exceeded", Permanent, QuotaExhausted, Operator)]
    [InlineData(429, "project_spend_limit_exceeded", Permanent, QuotaExhausted, Operator)]
    [InlineData(429, "organization_usage_limit_exceeded", Permanent, QuotaExhausted, Operator)]
    [InlineData(505, Any, Permanent, ProviderError, Operator)]
    [InlineData(510, Any, Permanent, ProviderError, Operator)]
    public void Operator_has_to_act(int status, string code, FailureKind kind, string failure, Remedy remedy) =>
        Becomes(status, code, kind, failure, remedy);

    [Theory]
    [InlineData(404, "Invalid URL (POST /v1/assistants)")]
    [InlineData(404, "Not Found")]
    [InlineData(404, "404 page not found")]
    [InlineData(404, "Cannot POST /v1/responses")]
    [InlineData(405, "Method Not Allowed")]
    [InlineData(501, "Not implemented")]
    public void A_route_that_is_gone_is_the_operators_matter(int status, string message) =>
        Becomes(status, Any, Permanent, NotFound, Operator, message);

    [Theory]
    [InlineData("No such file object: file-1")]
    [InlineData("Conversation with id 'conv_1' not found.")]
    [InlineData("Response with id 'resp_1' not found.")]
    public void A_thing_that_is_not_there_is_the_senders_matter(string message) =>
        Becomes(404, Any, Permanent, NotFound, Sender, message);

    [Theory]
    [InlineData(400, "conversation_locked", Throttled, Conflict, Provider)]
    [InlineData(409, "conversation_locked", Throttled, Conflict, Provider)]
    [InlineData(409, Any, Transient, Conflict, Provider)]
    [InlineData(408, Any, Transient, FailureCodes.Timeout, Provider)]
    [InlineData(500, "server_error", Transient, ProviderError, Provider)]
    [InlineData(502, Any, Transient, ProviderError, Provider)]
    [InlineData(504, Any, Transient, ProviderError, Provider)]
    [InlineData(520, Any, Transient, ProviderError, Provider)]
    [InlineData(425, Any, Transient, ProviderError, Provider)]
    [InlineData(499, Any, Transient, ProviderError, Provider)]
    [InlineData(424, Any, Transient, ProviderError, Provider)]
    [InlineData(423, Any, Transient, Conflict, Provider)]
    [InlineData(529, Any, Throttled, Overloaded, Provider)]
    [InlineData(498, "capacity_exceeded", Throttled, Overloaded, Provider)]
    [InlineData(500, "server_is_overloaded", Transient, Overloaded, Provider)]
    [InlineData(503, "server_is_overloaded", Transient, Overloaded, Provider)]
    [InlineData(503, Any, Transient, Overloaded, Provider)]
    [InlineData(429, "rate_limit_exceeded", Throttled, RateLimited, Provider)]
    [InlineData(429, "resource_unavailable", Throttled, RateLimited, Provider)]
    [InlineData(429, Any, Throttled, RateLimited, Provider)]
    [InlineData(429, "slow_down", Throttled, Overloaded, Provider)]
    [InlineData(503, "slow_down", Throttled, Overloaded, Provider)]
    public void Trying_again_may_help(int status, string code, FailureKind kind, string failure, Remedy remedy) =>
        Becomes(status, code, kind, failure, remedy);

    [Theory]
    [InlineData("Thread thread_1 already has an active run run_1.")]
    [InlineData("Can't add messages to thread_1 while a run run_1 is active.")]
    public void Thread_that_is_busy_is_waited_for(string message) =>
        Becomes(400, Any, Throttled, Conflict, Provider, message);

    [Fact]
    public void Waiting_for_another_turn_teaches_nothing_about_limits()
    {
        var locked = FailureClassifier.Of(400, new() { Code = "conversation_locked" }, FakeHeaders.Read(""));

        Assert.False(new Outcome(null, locked, [], default, default).ForLimits().IsThrottled);
    }

    [Fact]
    public void Request_larger_than_the_rate_limit_never_passes() =>
        Becomes(429, "rate_limit_exceeded", Permanent, RequestTooLarge, Sender,
            "Request too large for gpt-6-luna: limit 30000, requested 41000.");

    [Theory]
    [InlineData("server_error", Transient, ProviderError)]
    [InlineData("vector_store_timeout", Transient, ProviderError)]
    [InlineData("rate_limit_exceeded", Throttled, RateLimited)]
    [InlineData("invalid_prompt", Permanent, ContentPolicy)]
    [InlineData("image_content_policy_violation", Permanent, ContentPolicy)]
    [InlineData("bio_policy", Permanent, ContentPolicy)]
    [InlineData("failed_to_download_image", Permanent, InvalidRequest)]
    public void Status_200_may_carry_a_failed_response(string code, FailureKind kind, string failure)
    {
        var seen = FailureClassifier.OfFailedResponse(new() { Code = code, Message = "Why." });

        Assert.Equal((kind, failure, "The provider's answer has the status failed: Why."),
            (seen.Kind, seen.Code, seen.Message));
    }

    [Theory]
    [InlineData(400, "true", Transient)]
    [InlineData(500, "false", Permanent)]
    [InlineData(429, "true", Throttled)]
    [InlineData(429, "false", Throttled)]
    public void Providers_own_verdict_goes_before_ours(int status, string shouldRetry, FailureKind kind) =>
        Assert.Equal(kind, FailureClassifier.Of(status, null, FakeHeaders.Read($"x-should-retry: {shouldRetry}")).Kind);

    [Fact]
    public void Everything_that_was_seen_is_kept()
    {
        var error = new UpstreamError { Message = "Too hot.", Param = "temperature", Code = "invalid_value" };

        var failure = FailureClassifier.Of(400, error, FakeHeaders.Read("x-request-id: req_1; retry-after: 2"));

        Assert.Equal("The provider answered 400: Too hot.", failure.Message);
        Assert.Equal((400, "req_1", TimeSpan.FromSeconds(2), "temperature"),
            (failure.Status, failure.RequestId, failure.RetryAfter, failure.Member));
        Assert.Same(error, failure.Error);
    }

    [Fact]
    public void Answer_without_a_body_is_told_from_its_status() =>
        Assert.Equal("The provider answered 502 and no reason.",
            FailureClassifier.Of(502, null, FakeHeaders.Read("")).Message);

    static void Becomes(int status, string code, FailureKind kind, string failure, Remedy remedy,
        string message = "Why.")
    {
        var seen = FailureClassifier.Of(status, new() { Code = code, Message = message }, FakeHeaders.Read(""));

        Assert.Equal((kind, failure, remedy), (seen.Kind, seen.Code, seen.Remedy));
    }
}
