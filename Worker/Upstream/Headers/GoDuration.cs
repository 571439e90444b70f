using System.Globalization;

namespace OpenAIWorker.Upstream.Headers;

/// <summary>
/// Durations in Go's format, which the <c>x-ratelimit-reset-*</c> headers use: <c>120ms</c>, <c>1s</c>, <c>6m0s</c>.
/// Every answer has two of them, so they are read without allocations.
/// </summary>
static class GoDuration
{
    public static TimeSpan? Parse(string? text)
    {
        var rest = text.AsSpan();
        var seconds = 0.0;
        do
        {
            if (Take(ref rest, "0123456789.") is var digits && !IsNumber(digits))
                return null;
            if (Unit(Take(ref rest, "hmsunµ")) is not { } unit)
                return null;
            seconds += double.Parse(digits, CultureInfo.InvariantCulture) * unit;
        }
        while (rest.Length > 0);
        return seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
    }

    static ReadOnlySpan<char> Take(ref ReadOnlySpan<char> rest, ReadOnlySpan<char> of)
    {
        var end = rest.IndexOfAnyExcept(of);
        var taken = end < 0 ? rest : rest[..end];
        rest = rest[taken.Length..];
        return taken;
    }

    // No dot, or one with digits on both sides.
    static bool IsNumber(ReadOnlySpan<char> digits) =>
        digits.Length > 0 && digits[0] != '.' && digits[^1] != '.' && digits.Count('.') <= 1;

    static double? Unit(ReadOnlySpan<char> unit) => unit switch
    {
        "h" => 3600,
        "m" => 60,
        "s" => 1,
        "ms" => 1e-3,
        "us" or "µs" => 1e-6,
        "ns" => 1e-9,
        _ => null,
    };
}
