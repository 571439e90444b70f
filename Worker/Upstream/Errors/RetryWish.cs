using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream.Headers;

namespace OpenAIWorker.Upstream.Errors;

/// <summary>
/// The wait that an error's body asks for: in a member (<c>retryDelay</c>, <c>retry_after</c>), or in the text.
/// </summary>
static partial class RetryWish
{
    const int MostWords = 4_096;
    const double MostSeconds = 1e7;
    const string Unit = "milliseconds?|ms|minutes?|mins?|m|seconds?|secs?|s|hours?|h|days?|d";

    /// <param name="error">The error.</param>
    /// <param name="now">When it arrived, if that is known; without it, points in time are ignored.</param>
    public static TimeSpan? In(UpstreamError error, DateTimeOffset? now = null) =>
        UpstreamHeaders.Bounded(error.Body is { } body && OfMember(body, now) is { } told
            ? told
            : OfWords(error.Message) ?? OfTime(error.Message, now));

    static TimeSpan? OfMember(JsonElement body, DateTimeOffset? now)
    {
        var root = body.ValueKind == JsonValueKind.Array ? body.EnumerateArray().FirstOrDefault() : body;
        var error = root.Member("error") ?? root;
        foreach (var detail in error.Items("details"))
        {
            if (Written(detail) is { } delay)
                return delay;
        }
        foreach (var place in (ReadOnlySpan<JsonElement>)[error, root, error.Member("metadata") ?? default])
        {
            if (SecondsIn(place) is >= 0 and < MostSeconds and var seconds)
                return TimeSpan.FromSeconds(seconds);
            if (Written(place) is { } written)
                return written;
        }
        return now is { } point && error.Member("metadata")?.Member(
            "headers") is { ValueKind: JsonValueKind.Object } headers ? OfHeaders(headers, point) : null;
    }

    // A gateway's headers, and those of the provider behind it.
    static TimeSpan? OfHeaders(JsonElement headers, DateTimeOffset now)
    {
        var values = headers.EnumerateObject().Where(header => header.NameText() is not null)
            .DistinctBy(header => header.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(header => header.Name, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        return UpstreamHeaders.RetryAfterOf(values.GetValueOrDefault("retry-after"), now)
            ?? ResetHeaders.Wish(values.GetValueOrDefault, now);
    }

    // "4s", "4 seconds", "PT4S", an object of seconds and nanos
    static TimeSpan? Written(JsonElement place)
    {
        var wish = place.Member("retry_after") ?? place.Member("retryAfter") ?? place.Member("retryDelay");
        return wish switch
        {
            { ValueKind: JsonValueKind.String } text =>
                GoDuration.Parse(text.GetString()) ?? OfUnits(text.GetString()!) ?? OfIso(text.GetString()!),
            { ValueKind: JsonValueKind.Object } parts
                when parts.Decimal("seconds") is >= 0 and < MostSeconds and var seconds =>
                    TimeSpan.FromSeconds(seconds),
            _ => null,
        };
    }

    static TimeSpan? OfIso(string text)
    {
        try
        {
            return System.Xml.XmlConvert.ToTimeSpan(text) is var span && span >= TimeSpan.Zero ? span : null;
        }
        catch (Exception none) when (none is FormatException or OverflowException)
        {
            return null;
        }
    }

    static double? SecondsIn(JsonElement place) => place.Decimal("retry_after") ?? place.Decimal("retryAfter")
        ?? place.Decimal("retry_after_seconds") ?? place.Decimal("retry_after_ms") / 1_000;

    static TimeSpan? OfWords(string? words) =>
        words is not null && Wish().Match(Excerpt.Of(words, MostWords)) is { Success: true } wish
            ? OfUnits(wish.Groups[1].Value)
            : null;

    // "Try again at 2026-12-01T12:00:00Z", "Resets on Tue, 01 Dec 2026 12:00:00 GMT"
    static TimeSpan? OfTime(string? words, DateTimeOffset? now)
    {
        if (words is null || now is not { } point
            || Time().Match(Excerpt.Of(words, MostWords)) is not { Success: true } time)
            return null;
        return UpstreamHeaders.ResetOf(time.Groups[1].Value.Replace("UTC", "Z", StringComparison.OrdinalIgnoreCase),
            point);
    }

    /// <summary>Numbers and their units, such as <c>1 minute 5 seconds</c>; null if a text has none.</summary>
    public static TimeSpan? OfUnits(string text)
    {
        var parts = Part().Matches(text);
        var seconds = parts.Sum(part =>
            double.Parse(part.Groups[1].ValueSpan, CultureInfo.InvariantCulture) * UnitOf(part.Groups[2].ValueSpan));
        return parts.Count > 0 && seconds < MostSeconds ? TimeSpan.FromSeconds(seconds) : null;
    }

    static double UnitOf(ReadOnlySpan<char> unit) => unit switch
    {
        ['m' or 'M', 's' or 'S', ..] or ['m' or 'M', 'i' or 'I', 'l' or 'L', ..] => 1e-3,
        ['m' or 'M', ..] => 60,
        ['h' or 'H', ..] => 3_600,
        ['d' or 'D', ..] => 86_400,
        _ => 1,
    };

    // "Please try again in 6m0s.", "Please retry after 6 seconds.", "Limit resets in 1 minute and 5 seconds", "Retry in
    // 3.2s"
    [
        GeneratedRegex(
            @"(?:retry|try (?:\w+ ){0,3}?again|wait|back off|resets?|refills?|replenished|available (?:again"
                + @"|in))\b[^\d]{0,30}?"
        + $@"((?:\d{{1,9}}(?:\.\d{{1,9}})?\s*(?:{Unit})(?![a-z])[\s,]*(?:and\s+)?){{1,4}})", RegexOptions.IgnoreCase)]
    private static partial Regex Wish();

    [GeneratedRegex($@"(\d{{1,9}}(?:\.\d{{1,9}})?)\s*({Unit})(?![a-z])", RegexOptions.IgnoreCase)]
    private static partial Regex Part();

    [GeneratedRegex(@"(?:retry|again|wait|resets?|available)\b[^\d]{0,20}?\b(?:at|after|on|until|by)\b[\s:]*"
        + @"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:Z|UTC|GMT|[+-]\d\d:?\d\d)?"
        + @"|[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT|\d{10}(?:\d{3})?\b)",
        RegexOptions.IgnoreCase)]
    private static partial Regex Time();
}
