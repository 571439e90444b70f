using System.Text.RegularExpressions;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Upstream;

/// <summary>What only the words or the names of an error tell: providers share OpenAI's statuses, not its codes.</summary>
static partial class ErrorWords
{
    const int Most = 4_096;

    /// <summary>The error's name: its code, or where that is missing or a mere number, its type.</summary>
    public static string Name(this UpstreamError? error) => error switch
    {
        { Code: { Length: > 0 } code } when !char.IsAsciiDigit(code[0]) => code,
        { Type: { } type } => type,
        _ => "",
    };

    public static bool IsContextLength(this UpstreamError? error) =>
        error.Name() is "context_length_exceeded" or "string_above_max_length" or "exceed_context_size_error" or "context_window_exceeded" || Says(error, ContextLength());

    public static bool IsContentPolicy(this UpstreamError? error) =>
        error.Name() is "content_policy_violation" or "moderation_blocked" or "invalid_prompt" or "bio_policy" or "content_filter" or "image_content_policy_violation"
            or "data_inspection_failed" or "ResponsibleAIPolicyViolation"
        || Says(error, ContentPolicy());

    public static bool IsQuota(this UpstreamError? error) =>
        error.Name() is "insufficient_quota" or "credit_balance_exhausted" or "billing_hard_limit_reached" or "billing_not_active" or "organization_spend_limit_exceeded"
            or "project_spend_limit_exceeded" or "organization_usage_limit_exceeded" or "exceeded_current_quota_error" or "insufficient_balance" or "Arrearage" or "budget_exceeded";

    public static bool SaysQuota(this UpstreamError? error) => error.IsQuota() || Says(error, Quota());

    /// <summary>A model that is not there, or no longer, or not for this credential.</summary>
    public static bool IsModel(this UpstreamError? error) =>
        error.Name() is "model_not_found" or "DeploymentNotFound" or "model_not_available" or "invalid_model" or "unknown_model" or "ModelNotFound" or "model_not_exist" or "model_decommissioned"
        || Says(error, Model());

    /// <summary>A key that is refused, whatever the status.</summary>
    public static bool IsKey(this UpstreamError? error) => error.Name() is "invalid_api_key" or "API_KEY_INVALID" || Says(error, Key());

    /// <summary>A rate limit that has no name: only an error without a status of its own is judged by it.</summary>
    public static bool SaysRateLimit(this UpstreamError? error) => Says(error, RateLimit());

    public static bool IsOverload(this UpstreamError? error) => error.Name() is "server_is_overloaded" or "overloaded_error" or "engine_overloaded_error" or "capacity_exceeded";

    /// <summary>The request alone is larger than the limit. OpenAI gives this the code of every rate limit.</summary>
    public static bool IsTooLarge(this UpstreamError? error) => error?.Message?.StartsWith("Request too large", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The Assistants API has no code for what a conversation calls locked.</summary>
    public static bool IsBusyThread(this UpstreamError? error) => error?.Message is { } words
        && (words.Contains("already has an active run", StringComparison.Ordinal) || words.StartsWith("Can't add messages to thread", StringComparison.Ordinal));

    /// <summary>What servers answer where there is no such route: the words of their kind, or none.</summary>
    public static bool IsNoRoute(this UpstreamError? error) =>
        error?.Message is not { Length: > 0 } words || NoRoute().IsMatch(Excerpt.Of(words, Most)) || error.Body is { ValueKind: System.Text.Json.JsonValueKind.String } body && PageText.IsPage(body.GetString());

    /// <summary>A server behind the gateway refused the request itself, whatever status the gateway makes of it.</summary>
    public static bool IsBadRequest(this UpstreamError? error) => Says(error, BadRequest());

    static bool Says(UpstreamError? error, Regex what) => error?.Message is { } words && what.IsMatch(Excerpt.Of(words, Most));

    [GeneratedRegex(@"(maximum|max) (context|prompt|sequence|input) length|context (length|window|size)|context the overflows|prompt is too long|(input|prompt) (is )?too long|too many (input )?tokens|maximum number of (input )?tokens|reduce the length of the (messages|prompt|input)|`?inputs`? tokens \+ `?max_new_tokens|exceeds? the (model's )?(maximum|max|available) (context|length|number of tokens)",
        RegexOptions.IgnoreCase)]
    private static partial Regex ContextLength();

    [GeneratedRegex(@"content (management )?polic|content.?filter|safety system|usage polic|flagged (for|as|by)|was flagged|requires moderation|prohibited (content|use)|inappropriate content|responsible ?ai", RegexOptions.IgnoreCase)]
    private static partial Regex ContentPolicy();

    [GeneratedRegex(@"insufficient (balance|credits?|funds)|credit balance is too low|more credits|exceeded your (current )?quota, please check your plan|account is not active|in arrears", RegexOptions.IgnoreCase)]
    private static partial Regex Quota();

    [GeneratedRegex(@"rate.?limit|too many requests", RegexOptions.IgnoreCase)]
    private static partial Regex RateLimit();

    [GeneratedRegex(@"\b(incorrect|invalid) api key|api key (not valid|is invalid|expired)", RegexOptions.IgnoreCase)]
    private static partial Regex Key();

    [GeneratedRegex(@"\b(model|deployment)s?\b.{0,120}?\b(not found|not exist|does ?n[o']t exist|not available|no longer (available|supported)|decommissioned|deprecated|retired|not a valid model|not loaded|unknown|not supported|not accessible|could not be found|isn't available)|(invalid|unknown|unsupported|no such|unable to access|not a valid|cannot find|could not find) (model|deployment)|no endpoints found for\b",
        RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Model();

    [GeneratedRegex(@"^\W*((Error: )?(404:? ?)?(page )?not found|invalid url|cannot (post|get|delete|put|patch) /|no route matched|resource not found|unknown (url|endpoint|request url)|404 page not found)", RegexOptions.IgnoreCase)]
    private static partial Regex NoRoute();

    [GeneratedRegex(@"litellm\.(BadRequestError|UnsupportedParamsError|NotFoundError|ContextWindowExceededError|ContentPolicyViolationError)|BadRequestError")]
    private static partial Regex BadRequest();
}
