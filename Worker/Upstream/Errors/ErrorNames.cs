using System.Collections.Frozen;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using static OpenAIWorker.Upstream.Errors.ErrorMeaning;

namespace OpenAIWorker.Upstream.Errors;

/// <summary>
/// The codes and types of errors in providers' documentation. A number has a meaning only in its provider's own shape.
/// </summary>
static class ErrorNames
{
    static readonly FrozenDictionary<string, ErrorMeaning> Names = Table(
        (ContextLength,
            "context_length_exceeded string_above_max_length exceed_context_size_error context_window_exceeded "
                + "ContextWindowExceededError message_length_exceeds_limit prompt_too_long"),
        (ContentPolicy, """
            content_policy_violation moderation_blocked invalid_prompt bio_policy cyber_policy content_filter guardrail_blocked guardrail_violation nsfw image_content_policy_violation data_inspection_failed
            DataInspectionFailed ResponsibleAIPolicyViolation content_moderation content_blocked content_safety prompt_blocked ContentPolicyViolationError
            SensitiveContentDetected InputTextSensitiveContentDetected InputImageSensitiveContentDetected OutputTextSensitiveContentDetected
            OutputImageSensitiveContentDetected
            """),
        (Quota, """
            insufficient_quota credit_balance_exhausted billing_hard_limit_reached billing_not_active organization_spend_limit_exceeded
            project_spend_limit_exceeded organization_usage_limit_exceeded exceeded_current_quota_error insufficient_balance insufficient_credits
            insufficient_funds Arrearage AccountOverdueError budget_exceeded billing_error payment_required
            """),
        (Model, """
            model_not_found DeploymentNotFound model_not_available invalid_model unknown_model ModelNotFound model_not_exist model_decommissioned
            model_not_supported unsupported_model unknown_model_error no_access ModelNotOpen InvalidEndpointOrModel.NotFound InvalidEndpointOrModel.ModelIDAccessDisabled
            key_model_access_denied team_model_access_denied user_model_access_denied org_model_access_denied project_model_access_denied
            """),
        (Key, "invalid_api_key API_KEY_INVALID"),
        (RateLimit,
            "rate_limit_exceeded rate_limit_error RESOURCE_EXHAUSTED slow_down too_many_requests rate_limited "
                + "RateLimitError throttling_error ThrottlingException TooManyRequestsException"),
        (Overload, "server_is_overloaded overloaded_error engine_overloaded_error capacity_exceeded ServerOverloaded"));

    // https://docs.bigmodel.cn/cn/api/api-code
    static readonly FrozenDictionary<string, ErrorMeaning> Zhipu = Table(
        (Quota, "1112 1113 1309"), (Model, "1211 1311"), (ContextLength, "1261"), (ContentPolicy, "1301"),
        (RateLimit, "1302 1303 1304 1308 1310"), (Overload, "1305"));

    // https://platform.minimaxi.com/document/errorcode
    static readonly FrozenDictionary<string, ErrorMeaning> MiniMax = Table(
        (RateLimit, "1002 1041"), (Key, "1004 2049"), (Quota, "1008"), (ContentPolicy, "1026 1027 1033"),
        (ContextLength, "1039"));

    // https://developers.cloudflare.com/workers-ai/platform/errors/
    static readonly FrozenDictionary<string, ErrorMeaning> Cloudflare = Table(
        (ContentPolicy, "2016 2017"), (RateLimit, "3036 3040"), (Model, "5007"), (Key, "10000"));

    // https://cloud.baidu.com/doc/WENXINWORKSHOP/s/tlmyncueh
    static readonly FrozenDictionary<string, ErrorMeaning> Baidu = Table(
        (RateLimit, "4 18 336501 336502"), (Quota, "17 19"), (Key, "100 110 111"), (Model, "336200"),
        (ContextLength, "336007 336103"));

    /// <summary>The meaning of the error's name or number; null if it is unknown.</summary>
    public static ErrorMeaning? Meaning(this UpstreamError? error)
    {
        if (error is null)
            return null;
        return Names.TryGetValue(error.Name(), out var named) ? named
            : error.Code is { } code && Numbers(error).TryGetValue(code, out var numbered) ? numbered
            : null;
    }

    /// <summary>The meaning of the error's name alone.</summary>
    public static ErrorMeaning? MeaningOfName(this UpstreamError? error) =>
        Names.TryGetValue(error.Name(), out var named) ? named : null;

    static FrozenDictionary<string, ErrorMeaning> Numbers(UpstreamError error) => error.Body switch
    {
        { } body when body.Member("base_resp") is not null => MiniMax,
        { } body when body.Member("errors") is not null && body.Truth("success") == false => Cloudflare,
        { } body when body.Member("error_code") is not null => Baidu,
        _ => Zhipu,
    };

    static FrozenDictionary<string, ErrorMeaning> Table(params (ErrorMeaning Meaning, string Names)[] rows) => rows
        .SelectMany(row =>
            row.Names.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .Select(name => (Name: name, row.Meaning)))
        .DistinctBy(row => row.Name)
        .ToFrozenDictionary(row => row.Name, row => row.Meaning, StringComparer.OrdinalIgnoreCase);
}
