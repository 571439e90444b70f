using System.Globalization;
using System.Text.RegularExpressions;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Upstream.Errors;

/// <summary>Values that OpenAI states only in the text of an error.</summary>
static partial class RateLimitMessage
{
    /// <summary>The tokens that a call would have been charged that was refused because of them.</summary>
    public static long? RequestedTokens(this UpstreamError error) =>
        error.Type == "tokens" && Requested().Match(error.Message ?? "") is { Success: true } match
            ? long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
            : null;

    /// <summary>
    /// Whether a call was refused for the limit of tokens, else of requests. Null: the error does not say.
    /// </summary>
    public static bool? IsOfTokens(this UpstreamError error) => error.Type switch
    {
        "tokens" => true,
        "requests" => false,
        _ => null,
    };

    /// <summary>The limit per minute for which a call was refused; null if the error names none.</summary>
    public static double? LimitPerMinute(this UpstreamError error) =>
        error.IsOfTokens() is not null && Limit().Match(error.Message ?? "") is { Success: true } match
            && double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) is > 0 and var limit
            ? limit
            : null;

    [GeneratedRegex(@"per min \([A-Z]+\): Limit (\d{1,15})\b")]
    private static partial Regex Limit();

    // "Rate limit reached for gpt-6 in organization org-1 on tokens per min (TPM): Limit 60000, Used 59800, Requested
    // 412. Please …"
    [GeneratedRegex(@"Requested (\d{1,15})")]
    private static partial Regex Requested();
}
