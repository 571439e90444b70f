using System.Text.Json;
using System.Text.RegularExpressions;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;

namespace OpenAIWorker.Upstream.Errors;

/// <summary>
/// Meanings that only an error's name or text shows: providers share OpenAI's statuses, not its codes.
/// </summary>
static class ErrorWords
{
    const int Most = 4_096;

    /// <summary>The error's name: its code; or its type, if the code is missing or only a number.</summary>
    public static string Name(this UpstreamError? error) => error switch
    {
        { Code: { Length: > 0 } code } when !char.IsAsciiDigit(code[0]) => code,
        { Type: { } type } => type,
        _ => "",
    };

    public static bool IsContextLength(this UpstreamError? error) =>
        error.Meaning() == ErrorMeaning.ContextLength || Says(error, ErrorPatterns.ContextLength());

    public static bool IsContentPolicy(this UpstreamError? error) =>
        error.Meaning() == ErrorMeaning.ContentPolicy || Says(error, ErrorPatterns.ContentPolicy());

    /// <summary>An account that may not spend, by the error's name or by texts that occur only for accounts.</summary>
    public static bool IsQuota(this UpstreamError? error) =>
        error.Meaning() == ErrorMeaning.Quota || SaysOfAccount(error, ErrorPatterns.NoMoney());

    /// <summary>The same by texts that some providers also use for a rate limit.</summary>
    public static bool SaysQuota(this UpstreamError? error) =>
        error.IsQuota() || error.IsPriceOfJob() || Says(error, ErrorPatterns.Quota());

    /// <summary>The account, or the rest of a budget, is too small for this one job: a smaller one may pass.</summary>
    public static bool IsPriceOfJob(this UpstreamError? error) => Says(error, ErrorPatterns.PriceOfJob());

    /// <summary>An account that is closed.</summary>
    public static bool IsClosedAccount(this UpstreamError? error) =>
        SaysOfAccount(error, ErrorPatterns.ClosedAccount());

    /// <summary>The provider does not serve the worker's country.</summary>
    public static bool IsRefusedPlace(this UpstreamError? error) =>
        error?.Code == "unsupported_country_region_territory" || SaysOfAccount(error, ErrorPatterns.RefusedPlace());

    /// <summary>A model that does not exist, is retired, or is not open to this credential.</summary>
    /// <param name="error">The error.</param>
    /// <param name="status">Its status: a 404 that mentions a model is about the model; a 400 may be about the model's
    /// parameters.</param>
    public static bool IsModel(this UpstreamError? error, int status) => error.Meaning() == ErrorMeaning.Model
        || status == 404 && error?.Param == "model"
        || Says(error, status is 404 or 410 ? ErrorPatterns.AnythingOfAModel() : ErrorPatterns.NoModel());

    /// <summary>A key that is refused, with any status.</summary>
    public static bool IsKey(this UpstreamError? error) =>
        error.Meaning() == ErrorMeaning.Key || Says(error, ErrorPatterns.Key());

    /// <summary>A rate limit by its name, with any status: Amazon sends 400.</summary>
    public static bool IsThrottling(this UpstreamError? error) => error.MeaningOfName() == ErrorMeaning.RateLimit;

    /// <summary>A rate limit without a name. Used only for an error without a status of its own.</summary>
    public static bool SaysRateLimit(this UpstreamError? error) => Says(error, ErrorPatterns.RateLimit());

    public static bool IsOverload(this UpstreamError? error) => error.Meaning() == ErrorMeaning.Overload;

    /// <summary>
    /// The request alone is larger than the limit. OpenAI uses the code of every rate limit for this.
    /// </summary>
    public static bool IsTooLarge(this UpstreamError? error) => Says(error, ErrorPatterns.TooLarge());

    /// <summary>
    /// A busy thread. The Assistants API has no code for it; conversations have <c>conversation_locked</c>.
    /// </summary>
    public static bool IsBusyThread(this UpstreamError? error) => error?.Message is { } words
        && (words.Contains("already has an active run", StringComparison.Ordinal)
            || words.StartsWith("Can't add messages to thread", StringComparison.Ordinal));

    /// <summary>The answer of a server that has no such route: a typical text, a page, or nothing.</summary>
    public static bool IsNoRoute(this UpstreamError? error) => error?.Message is not { Length: > 0 }
        || Says(error, ErrorPatterns.NoRoute())
        || error.Body is { ValueKind: JsonValueKind.String } body && PageText.IsPage(body.GetString());

    /// <summary>The server expects TLS. Web servers say so with 400.</summary>
    public static bool IsPlainHttp(this UpstreamError? error) => Says(error, ErrorPatterns.PlainHttp());

    /// <summary>A server behind the gateway refused the request itself, whatever status the gateway sends.</summary>
    public static bool IsBadRequest(this UpstreamError? error) => Says(error, ErrorPatterns.BadRequest());

    /// <summary>
    /// The status of LiteLLM's provider, which LiteLLM hides behind its own status; null if the error does not name
    /// one.
    /// </summary>
    public static int? StatusBehind(this UpstreamError? error) => error?.Message is not { } words
        ? null
        : ErrorPatterns.Wrapped().Match(Excerpt.Of(words, Most)).Groups[1].Value switch
        {
            "RateLimit" => 429,
            "Authentication" => 401,
            "PermissionDenied" => 403,
            "NotFound" => 404,
            "ServiceUnavailable" => 503,
            "BadRequest" or "InvalidRequest" or "UnsupportedParams" or "ContextWindowExceeded"
                or "ContentPolicyViolation"
                or "BudgetExceeded" or "UnprocessableEntity" => 400,
            _ => null,
        };

    // Providers quote a job's text: no sender may pause a key with it.
    static bool SaysOfAccount(UpstreamError? error, Regex what) =>
        error is { Message: { } words, Param: null or "" or "None" }
        && what.IsMatch(ErrorPatterns.Quoted().Replace(Excerpt.Of(words, Most), "")) && !error.IsPriceOfJob();

    static bool Says(UpstreamError? error, Regex what) =>
        error?.Message is { } words && what.IsMatch(Excerpt.Of(words, Most));
}
