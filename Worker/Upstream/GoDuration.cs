using System.Globalization;
using System.Text.RegularExpressions;

namespace OpenAIWorker.Upstream;

/// <summary>Durations as Go prints them, which is how the <c>x-ratelimit-reset-*</c> headers come: <c>120ms</c>, <c>1s</c>, <c>6m0s</c>.</summary>
static partial class GoDuration
{
    public static TimeSpan? Parse(string? text)
    {
        if (text is null || !Shape().IsMatch(text))
            return null;
        var seconds = Parts().Matches(text).Sum(part =>
            double.Parse(part.Groups[1].ValueSpan, CultureInfo.InvariantCulture) * Unit(part.Groups[2].Value));
        return seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
    }

    static double Unit(string unit) => unit switch
    {
        "h" => 3600,
        "m" => 60,
        "s" => 1,
        "ms" => 1e-3,
        "us" or "µs" => 1e-6,
        _ => 1e-9,
    };

    [GeneratedRegex(@"^(\d+(\.\d+)?(h|ms|m|s|us|µs|ns))+$")]
    private static partial Regex Shape();

    [GeneratedRegex(@"(\d+(?:\.\d+)?)(h|ms|m|s|us|µs|ns)")]
    private static partial Regex Parts();
}
