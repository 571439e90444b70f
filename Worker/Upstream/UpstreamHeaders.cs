using System.ClientModel.Primitives;
using System.Globalization;

namespace OpenAIWorker.Upstream;

/// <summary>What the headers of an answer say about when to call again.</summary>
/// <param name="RequestId"><c>x-request-id</c>.</param>
/// <param name="RetryAfter">The provider's wish, the finest-grained header first.</param>
/// <param name="ShouldRetry"><c>x-should-retry</c>, the provider's own verdict.</param>
/// <param name="Limits"><c>x-ratelimit-*</c>.</param>
sealed record UpstreamHeaders(string? RequestId, TimeSpan? RetryAfter, bool? ShouldRetry, RateLimitHeaders Limits)
{
    static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    public static UpstreamHeaders Of(PipelineResponseHeaders headers, DateTimeOffset now) => new(
        Text(headers, "x-request-id"),
        Milliseconds(headers, "retry-after-ms") ?? Milliseconds(headers, "x-ms-retry-after-ms") ?? RetryAfterOf(Text(headers, "retry-after"), now) ?? Reset(headers),
        bool.TryParse(Text(headers, "x-should-retry"), out var should) ? should : null,
        RateLimitHeaders.Of(headers));

    static string? Text(PipelineResponseHeaders headers, string name) => headers.TryGetValue(name, out var value) ? value : null;

    static TimeSpan? Milliseconds(PipelineResponseHeaders headers, string name) => Number(Text(headers, name), 1);

    static TimeSpan? RetryAfterOf(string? value, DateTimeOffset now) =>
        Number(value, 1000) ?? (DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, out var date) && date > now ? Bounded(date - now) : null);

    static TimeSpan? Number(string? value, double factor) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && number >= 0
            ? Bounded(TimeSpan.FromMilliseconds(Math.Min(number * factor, Longest.TotalMilliseconds)))
            : null;

    // Only the budget that is used up stands in the way, so the later of the two is right where both are named on a refusal.
    static TimeSpan? Reset(PipelineResponseHeaders headers) =>
        (GoDuration.Parse(Text(headers, "x-ratelimit-reset-requests")), GoDuration.Parse(Text(headers, "x-ratelimit-reset-tokens"))) switch
        {
            ({ } requests, { } tokens) => Bounded(requests > tokens ? requests : tokens),
            var (requests, tokens) when (requests ?? tokens) is { } one => Bounded(one),
            _ => null,
        };

    static TimeSpan Bounded(TimeSpan value) => value < Longest ? value : Longest;

    /// <summary>No longer than any job may wait: what a provider says is added to times.</summary>
    public static TimeSpan? Bounded(TimeSpan? value) => value is { } wish ? Bounded(wish) : null;
}
