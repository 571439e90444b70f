using System.Text.Json;
using System.Text.RegularExpressions;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Upstream;

/// <summary>What only the names or the words of an error tell: providers share OpenAI's statuses, not its codes.</summary>
static class ErrorWords
{
    const int Most = 4_096;

    /// <summary>The error's name: its code, or where that is missing or a mere number, its type.</summary>
    public static string Name(this UpstreamError? error) => error switch
    {
        { Code: { Length: > 0 } code } when !char.IsAsciiDigit(code[0]) => code,
        { Type: { } type } => type,
        _ => "",
    };

    public static bool IsContextLength(this UpstreamError? error) => error.Name() is "context_length_exceeded" or "string_above_max_length"
        or "exceed_context_size_error" or "context_window_exceeded" || Says(error, ErrorPatterns.ContextLength());

    public static bool IsContentPolicy(this UpstreamError? error) => error.Name() is "content_policy_violation" or "moderation_blocked"
        or "invalid_prompt" or "bio_policy" or "content_filter" or "image_content_policy_violation" or "data_inspection_failed"
        or "ResponsibleAIPolicyViolation" || Says(error, ErrorPatterns.ContentPolicy());

    /// <summary>An account that may not spend, by the error's name.</summary>
    public static bool IsQuota(this UpstreamError? error) => CredentialBlames.IsQuota(error.Name())
        || error.Name() is "exceeded_current_quota_error" or "insufficient_balance" or "Arrearage" or "budget_exceeded";

    /// <summary>The same by its words, which some use for a rate limit too.</summary>
    public static bool SaysQuota(this UpstreamError? error) => error.IsQuota() || Says(error, ErrorPatterns.Quota());

    /// <summary>A model that is not there, or no longer, or not for this credential.</summary>
    /// <param name="error">The error.</param>
    /// <param name="status">Its status: a 404 that speaks of a model is about the model, a 400 may be about what the model takes.</param>
    public static bool IsModel(this UpstreamError? error, int status) => error.Name() is "model_not_found" or "DeploymentNotFound"
        or "model_not_available" or "invalid_model" or "unknown_model" or "ModelNotFound" or "model_not_exist" or "model_decommissioned"
        || status == 404 && error?.Param == "model"
        || Says(error, status is 404 or 410 ? ErrorPatterns.AnythingOfAModel() : ErrorPatterns.NoModel());

    /// <summary>A key that is refused, whatever the status.</summary>
    public static bool IsKey(this UpstreamError? error) =>
        error.Name() is "invalid_api_key" or "API_KEY_INVALID" || Says(error, ErrorPatterns.Key());

    /// <summary>A rate limit that has no name: only an error without a status of its own is judged by it.</summary>
    public static bool SaysRateLimit(this UpstreamError? error) => Says(error, ErrorPatterns.RateLimit());

    public static bool IsOverload(this UpstreamError? error) =>
        error.Name() is "server_is_overloaded" or "overloaded_error" or "engine_overloaded_error" or "capacity_exceeded";

    /// <summary>The request alone is larger than the limit. OpenAI gives this the code of every rate limit.</summary>
    public static bool IsTooLarge(this UpstreamError? error) =>
        error?.Message?.StartsWith("Request too large", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The Assistants API has no code for what a conversation calls locked.</summary>
    public static bool IsBusyThread(this UpstreamError? error) => error?.Message is { } words
        && (words.Contains("already has an active run", StringComparison.Ordinal)
            || words.StartsWith("Can't add messages to thread", StringComparison.Ordinal));

    /// <summary>What servers answer where there is no such route: the words of their kind, a page, or nothing.</summary>
    public static bool IsNoRoute(this UpstreamError? error) => error?.Message is not { Length: > 0 }
        || Says(error, ErrorPatterns.NoRoute())
        || error.Body is { ValueKind: JsonValueKind.String } body && PageText.IsPage(body.GetString());

    /// <summary>A server behind the gateway refused the request itself, whatever status the gateway makes of it.</summary>
    public static bool IsBadRequest(this UpstreamError? error) => Says(error, ErrorPatterns.BadRequest());

    static bool Says(UpstreamError? error, Regex what) => error?.Message is { } words && what.IsMatch(Excerpt.Of(words, Most));
}
