using System.ClientModel.Primitives;
using System.Globalization;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Upstream.Headers;

/// <summary>
/// What the headers of an answer say about the next call. Waits are read when they are asked for, which is after a
/// refusal.
/// </summary>
sealed record UpstreamHeaders
{
    static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    // The largest numbers of several languages stand for an unknown wait.
    static readonly TimeSpan Believed = TimeSpan.FromDays(366);

    // The oldest of the three forms of HTTP: https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7
    const string Asctime = "ddd MMM d HH:mm:ss yyyy";

    // A larger number is a point in time: no wait is that long.
    const double FirstUnixSecond = 1e9;
    const double FirstUnixMillisecond = 1e11;

    readonly PipelineResponseHeaders headers;

    UpstreamHeaders(PipelineResponseHeaders headers, DateTimeOffset now)
    {
        (this.headers, Now) = (headers, now);
        RequestId = Text(headers, "x-request-id");
        Limits = RateLimitHeaders.Of(headers, now);
    }

    /// <param name="headers">The headers.</param>
    /// <param name="now">When the answer arrived.</param>
    public static UpstreamHeaders Of(PipelineResponseHeaders headers, DateTimeOffset now) => new(headers, now);

    /// <summary><c>x-request-id</c>.</summary>
    public string? RequestId { get; init; }

    /// <summary><c>x-ratelimit-*</c>.</summary>
    public RateLimitHeaders Limits { get; }

    /// <summary>When the answer arrived: points in time in its body are relative to it.</summary>
    public DateTimeOffset Now { get; }

    /// <summary><c>x-should-retry</c>, the provider's own verdict.</summary>
    public bool? ShouldRetry => bool.TryParse(Text(headers, "x-should-retry"), out var should) ? should : null;

    /// <summary>The requested wait itself, not when a budget is full again.</summary>
    public TimeSpan? Told => Milliseconds(headers, "retry-after-ms") ?? Milliseconds(headers, "x-ms-retry-after-ms")
        ?? RetryAfterOf(Text(headers, "retry-after"), Now);

    /// <summary>The wait that the provider asks for, the most precise header first.</summary>
    public TimeSpan? RetryAfter => Told ?? ResetHeaders.Wish(name => Text(headers, name), Now);

    static string? Text(PipelineResponseHeaders headers, string name) =>
        headers.TryGetValue(name, out var value) ? value : null;

    static TimeSpan? Milliseconds(PipelineResponseHeaders headers, string name) => Number(Text(headers, name), 1);

    /// <summary>
    /// A wait in the forms of servers, also a list: seconds, <c>6s</c>, <c>6 seconds</c>, a date, or seconds since
    /// 1970.
    /// </summary>
    public static TimeSpan? RetryAfterOf(string? value, DateTimeOffset now)
    {
        value = value?.Trim(' ', '"');
        if (value is null)
            return null;
        if ((ResetOf(value, now) ?? Bounded(RetryWish.OfUnits(value))) is { } one)
            return one;
        // If proxies repeat a header, its values are a list. The two halves of a date look like one, but a date was
        // tried before.
        return value.Contains(',') ? value.Split(',').Max(each => RetryAfterOf(each.Trim(), now)) : null;
    }

    // "4, 7" is not a date, although it parses as one.
    static TimeSpan? Date(string? value, DateTimeOffset now) => value is { Length: > 9 }
        && (DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            || DateTimeOffset.TryParseExact(value, Asctime, CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite, out date))
        && date > now ? Bounded(date - now) : null;

    static TimeSpan? Number(string? value, double factor) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number >= 0 && number * factor <= Believed.TotalMilliseconds
            ? Bounded(TimeSpan.FromMilliseconds(number * factor))
            : null;

    /// <summary>
    /// A reset in the forms of providers: <c>6m0s</c>, <c>6</c> (seconds), a point in time in seconds or milliseconds
    /// since 1970, or a date.
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

    /// <summary>
    /// Limited to the longest wait of any job, because the value is added to times. Null for an impossible wait.
    /// </summary>
    public static TimeSpan? Bounded(TimeSpan? value) =>
        value > Believed ? null : value > Longest ? Longest : value;
}
