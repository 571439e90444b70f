using System.Text.RegularExpressions;

namespace OpenAIWorker.Upstream.Headers;

/// <summary>
/// The header <c>RateLimit</c>, in both forms: <c>limit=100, remaining=0, reset=50</c>, and <c>"burst";r=0;t=50,
/// "day";r=500;t=3600</c> beside <c>RateLimit-Policy</c>
/// (https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/).
/// </summary>
static partial class LimitField
{
    /// <summary>How long a refused call must wait; null if the header does not say.</summary>
    /// <param name="field">The header.</param>
    /// <param name="policies">The header with the length of each limit's window.</param>
    /// <param name="now">Now.</param>
    public static TimeSpan? Wait(string? field, string? policies, DateTimeOffset now)
    {
        if (field is null)
            return null;
        var limits = IsOfItems(field)
            ? [.. field.Split(',').Select(item => Of(item, policies, now))]
            : new List<(bool IsUsedUp, TimeSpan? Wait)> { (Value(field, "remaining") == "0",
                UpstreamHeaders.ResetOf(Value(field, "reset"), now)) };
        var usedUp = limits.Where(limit => limit.IsUsedUp).ToList();
        // If several limits may be used up and none is named, the next one to reset counts: another may be days away.
        return usedUp.Count > 0 ? usedUp.Max(limit => limit.Wait) : limits.Min(limit => limit.Wait);
    }

    static bool IsOfItems(string field) => field.Contains(';');

    // A limit without a reset time is full again after its window at the latest.
    static (bool IsUsedUp, TimeSpan? Wait) Of(string item, string? policies, DateTimeOffset now)
    {
        var isUsedUp = Value(item, "r") == "0";
        return (isUsedUp, UpstreamHeaders.ResetOf(Value(item, "t") ?? (isUsedUp ? WindowOf(item, policies) : null),
            now));
    }

    static string? WindowOf(string item, string? policies)
    {
        var name = NameOf(item);
        return policies?.Split(',').Where(policy => NameOf(policy) == name).Select(policy => Value(policy, "w"))
            .FirstOrDefault();
    }

    static string NameOf(string item) => item.Split(';')[0].Trim().Trim('"');

    static string? Value(string item, string name) =>
        Pair().Matches(item).Where(pair => pair.Groups[1].ValueSpan.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(pair => pair.Groups[2].Value).FirstOrDefault();

    [GeneratedRegex(@"\b(\w+)\s*=\s*""?(\d{1,13})")]
    private static partial Regex Pair();
}
