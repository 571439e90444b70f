using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Upstream;

/// <summary>How long an error's body asks to be left alone: in a member (<c>retryDelay</c>, <c>retry_after</c>), or in words.</summary>
static partial class RetryWish
{
    const int MostWords = 4_096;
    const double MostSeconds = 1e7;
    const string Unit = "milliseconds?|ms|minutes?|mins?|m|seconds?|secs?|s|hours?|h|days?|d";

    public static TimeSpan? In(UpstreamError error) =>
        UpstreamHeaders.Bounded(error.Body is { } body && OfMember(body) is { } told ? told : OfWords(error.Message));

    static TimeSpan? OfMember(JsonElement body)
    {
        var root = body.ValueKind == JsonValueKind.Array ? body.EnumerateArray().FirstOrDefault() : body;
        var error = root.Member("error") ?? root;
        foreach (var detail in error.Items("details"))
        {
            if (GoDuration.Parse(detail.Text("retryDelay")) is { } delay)
                return delay;
        }
        foreach (var place in (ReadOnlySpan<JsonElement>)[error, root, error.Member("metadata") ?? default])
        {
            if (SecondsIn(place) is >= 0 and < MostSeconds and var seconds)
                return TimeSpan.FromSeconds(seconds);
        }
        return null;
    }

    static double? SecondsIn(JsonElement place) => place.Decimal("retry_after") ?? place.Decimal("retryAfter")
        ?? place.Decimal("retry_after_seconds") ?? place.Decimal("retry_after_ms") / 1_000;

    static TimeSpan? OfWords(string? words)
    {
        if (words is null || Wish().Match(Excerpt.Of(words, MostWords)) is not { Success: true } wish)
            return null;
        var seconds = 0.0;
        foreach (Match part in Part().Matches(wish.Groups[1].Value))
            seconds += double.Parse(part.Groups[1].ValueSpan, CultureInfo.InvariantCulture) * UnitOf(part.Groups[2].ValueSpan);
        return seconds < MostSeconds ? TimeSpan.FromSeconds(seconds) : null;
    }

    static double UnitOf(ReadOnlySpan<char> unit) => unit switch
    {
        ['m' or 'M', 's' or 'S', ..] or ['m' or 'M', 'i' or 'I', 'l' or 'L', ..] => 1e-3,
        ['m' or 'M', ..] => 60,
        ['h' or 'H', ..] => 3_600,
        ['d' or 'D', ..] => 86_400,
        _ => 1,
    };

    // "Please try again in 6m0s.", "Please retry after 6 seconds.", "Limit resets in 1 minute and 5 seconds", "Retry in 3.2s"
    [GeneratedRegex(@"(?:retry|try (?:\w+ ){0,3}?again|wait|resets?|available again)\b[^\d]{0,30}?"
        + $@"((?:\d{{1,9}}(?:\.\d{{1,9}})?\s*(?:{Unit})(?![a-z])[\s,]*(?:and\s+)?){{1,4}})", RegexOptions.IgnoreCase)]
    private static partial Regex Wish();

    [GeneratedRegex(@"(\d+(?:\.\d+)?)\s*([a-z]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Part();
}
