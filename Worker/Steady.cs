namespace OpenAIWorker;

/// <summary>
/// Time that only goes forward, whatever is done to the machine's clock: for what the worker measures itself. What
/// others said has wall time.
/// </summary>
static class Steady
{
    /// <summary>A time that means nothing but its distance from other times of this process.</summary>
    public static DateTimeOffset Now(TimeProvider clock) =>
        DateTimeOffset.UnixEpoch + TimeSpan.FromTicks(
            (long)((Int128)clock.GetTimestamp() * TimeSpan.TicksPerSecond / clock.TimestampFrequency));
}
