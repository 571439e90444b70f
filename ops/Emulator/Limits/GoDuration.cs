using System.Globalization;

namespace OpenAIWorker.Emulator.Limits;

/// <summary>Durations as Go prints them, to the millisecond: 0s · 120ms · 1.5s · 6m0s · 1h0m2s.</summary>
static class GoDuration
{
    public static string Format(TimeSpan duration)
    {
        var ms = (long)Math.Ceiling(duration.TotalMilliseconds);
        return ms switch
        {
            <= 0 => "0s",
            < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{ms}ms"),
            < 60_000 => Seconds(ms),
            < 3_600_000 => string.Create(CultureInfo.InvariantCulture, $"{ms / 60_000}m{Seconds(ms % 60_000)}"),
            _ =>
                string.Create(CultureInfo.InvariantCulture,
                    $"{ms / 3_600_000}h{ms / 60_000 % 60}m{Seconds(ms % 60_000)}"),
        };
    }

    static string Seconds(long ms) => string.Create(CultureInfo.InvariantCulture, $"{ms / 1000m:0.###}s");
}
