namespace OpenAIWorker.Telemetry;

/// <summary>
/// Time that only moves forward, even if the machine's clock is changed. For the worker's own measurements; times that
/// others report are wall time.
/// </summary>
static class Steady
{
    /// <summary>A time that is meaningful only relative to other times of this process.</summary>
    public static DateTimeOffset Now(TimeProvider clock) =>
        DateTimeOffset.UnixEpoch + TimeSpan.FromTicks(
            (long)((Int128)clock.GetTimestamp() * TimeSpan.TicksPerSecond / clock.TimestampFrequency));
}
