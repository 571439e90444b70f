using System.ClientModel.Primitives;
using System.Globalization;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Upstream.Responses;

/// <summary>What the headers of an answer say about when to call again.</summary>
/// <param name="RequestId"><c>x-request-id</c>.</param>
/// <param name="RetryAfter">The provider's wish, the finest-grained header first.</param>
/// <param name="ShouldRetry"><c>x-should-retry</c>, the provider's own verdict.</param>
/// <param name="Limits"><c>x-ratelimit-*</c>.</param>
sealed record UpstreamHeaders(string? RequestId, TimeSpan? RetryAfter, bool? ShouldRetry, RateLimitHeaders Limits)
{
    static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    // Beyond these, a number is a point in time: no wait is as long.
    const double FirstUnixSecond = 1e9;
    const double FirstUnixMillisecond = 1e11;

    /// <summary>The wish itself, not when a budget is whole again.</summary>
    public TimeSpan? Told { get; private init; }

    /// <summary>When the answer came: points in time in its body are counted from here.</summary>
    public DateTimeOffset? Now { get; private init; }

    public static UpstreamHeaders Of(PipelineResponseHeaders headers, DateTimeOffset now)
    {
        var told = Milliseconds(headers, "retry-after-ms") ?? Milliseconds(headers, "x-ms-retry-after-ms")
            ?? RetryAfterOf(Text(headers, "retry-after"), now);
        return new(
            Text(headers, "x-request-id"),
            told ?? ResetHeaders.Wish(name => Text(headers, name), now),
            bool.TryParse(Text(headers, "x-should-retry"), out var should) ? should : null,
            RateLimitHeaders.Of(headers, now))
        { Told = told, Now = now };
    }

    static string? Text(PipelineResponseHeaders headers, string name) =>
        headers.TryGetValue(name, out var value) ? value : null;

    static TimeSpan? Milliseconds(PipelineResponseHeaders headers, string name) => Number(Text(headers, name), 1);

    /// <summary>
    /// A wish as servers write it, a list of wishes too: seconds, <c>6s</c>, <c>6 seconds</c>, a date, or seconds since
    /// 1970.
    /// </summary>
    public static TimeSpan? RetryAfterOf(string? value, DateTimeOffset now)
    {
        if (value is null)
            return null;
        if ((ResetOf(value, now) ?? Bounded(RetryWish.OfUnits(value))) is { } one)
            return one;
        // Where proxies repeat a header its values are a list; so are the two halves of a date, which has been tried.
        return value.Contains(',') ? value.Split(',').Max(each => RetryAfterOf(each.Trim(), now)) : null;
    }

    // "4, 7" is none, though it can be read as one.
    static TimeSpan? Date(string? value, DateTimeOffset now) => value is { Length: > 9 } &&
        DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            && date > now ? Bounded(date - now) : null;

    static TimeSpan? Number(string? value, double factor) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number) && number >= 0
            ? Bounded(TimeSpan.FromMilliseconds(Math.Min(number * factor, Longest.TotalMilliseconds)))
            : null;

    /// <summary>
    /// A reset as providers write it: <c>6m0s</c>, <c>6</c> (seconds), a point in time in seconds or milliseconds since
    /// 1970, or a date.
    /// </summary>
    public static TimeSpan? ResetOf(string? value, DateTimeOffset now)
    {
        if (value is null)
            return null;
        if (GoDuration.Parse(value) is { } duration)
            return Bounded(duration);
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return Date(value, now);
        return number switch
        {
            >= FirstUnixMillisecond =>
                Number((number - now.ToUnixTimeMilliseconds()).ToString(CultureInfo.InvariantCulture), 1),
            >= FirstUnixSecond =>
                Number((number - now.ToUnixTimeSeconds()).ToString(CultureInfo.InvariantCulture), 1000),
            _ => Number(value, 1000),
        };
    }

    static TimeSpan Bounded(TimeSpan value) => value < Longest ? value : Longest;

    /// <summary>No longer than any job may wait: what a provider says is added to times.</summary>
    public static TimeSpan? Bounded(TimeSpan? value) => value is { } wish ? Bounded(wish) : null;
}
