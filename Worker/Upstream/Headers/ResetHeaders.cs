namespace OpenAIWorker.Upstream.Headers;

/// <summary>
/// When a budget is full again, in the headers of several providers, and in those that gateways put into an error's
/// body.
/// </summary>
static class ResetHeaders
{
    // The more precise first.
    static readonly (string Remaining, string Reset)[][] Families =
    [
        [
            ("x-ratelimit-remaining-requests", "x-ratelimit-reset-requests"),
            ("x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens"),
            ("anthropic-ratelimit-requests-remaining", "anthropic-ratelimit-requests-reset"),
            ("anthropic-ratelimit-tokens-remaining", "anthropic-ratelimit-tokens-reset"),
            ("anthropic-ratelimit-input-tokens-remaining", "anthropic-ratelimit-input-tokens-reset"),
            ("anthropic-ratelimit-output-tokens-remaining", "anthropic-ratelimit-output-tokens-reset"),
        ],
        [("x-ratelimit-remaining", "x-ratelimit-reset"), ("x-rate-limit-remaining", "x-rate-limit-reset"),
            ("ratelimit-remaining", "ratelimit-reset")],
    ];

    /// <summary>How long a refused call must wait; null if no header says so.</summary>
    /// <param name="header">Returns a header's value by its name.</param>
    /// <param name="now">Now.</param>
    public static TimeSpan? Wish(Func<string, string?> header, DateTimeOffset now)
    {
        foreach (var family in Families)
        {
            var resets = family.Select(one =>
                (IsUsedUp: header(one.Remaining)?.Trim() == "0", Wait: UpstreamHeaders.ResetOf(header(one.Reset), now)))
                .Where(one => one.Wait is not null).ToList();
            // Only the used-up budget matters, but it is not always named.
            if (resets.Any(one => one.IsUsedUp))
                return resets.Where(one => one.IsUsedUp).Max(one => one.Wait);
            if (resets.Count > 0)
                return resets.Max(one => one.Wait);
        }
        return LimitField.Wait(header("ratelimit"), header("ratelimit-policy"), now);
    }
}
