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

    // "Rate limit reached for gpt-6 in organization org-1 on tokens per min (TPM): Limit 60000, Used 59800, Requested
    // 412. Please …"
    [GeneratedRegex(@"Requested (\d{1,15})")]
    private static partial Regex Requested();
}
