using System.ClientModel.Primitives;
using System.Globalization;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Upstream.Headers;

/// <summary>The <c>x-ratelimit-*</c> headers of an answer. Null if they are missing.</summary>
sealed record RateLimitHeaders(RateQuota? Requests, RateQuota? Tokens)
{
    public static RateLimitHeaders Of(PipelineResponseHeaders headers, DateTimeOffset now) => new(
        Quota(headers, "x-ratelimit-limit-requests", "x-ratelimit-remaining-requests", "x-ratelimit-reset-requests",
            now),
        Quota(headers, "x-ratelimit-limit-tokens", "x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens", now));

    static RateQuota? Quota(PipelineResponseHeaders headers, string limitName, string remainingName, string resetName,
        DateTimeOffset now) =>
        Number(headers, limitName) is { } limit && Number(headers, remainingName) is { } remaining
            ? new(limit, remaining, headers.TryGetValue(resetName, out var reset)
                ? UpstreamHeaders.ResetOf(reset, now)
                : null)
            : null;

    static long? Number(PipelineResponseHeaders headers, string name) =>
        headers.TryGetValue(name, out var value)
            && long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}

/// <summary>The state of one limit.</summary>
/// <param name="Limit">The limit, usually per minute.</param>
/// <param name="Remaining">The part that may be spent now.</param>
/// <param name="Reset">The time until the limit is full again.</param>
readonly record struct RateQuota(long Limit, long Remaining, TimeSpan? Reset);
