namespace OpenAIWorker.Bench.Throughput;

/// <summary>One measurement: what the provider takes for a call, and how many calls there may be at once.</summary>
sealed record Round(TimeSpan Latency, ushort Concurrency, int Jobs)
{
    // Longer tells no more.
    const double Seconds = 15;

    /// <summary>No more jobs than the slots can do in a while.</summary>
    public static Round Of(int milliseconds, ushort concurrency, int most) => new(
        TimeSpan.FromMilliseconds(milliseconds), concurrency,
        milliseconds == 0 ? most : (int)Math.Min(most, concurrency * 1_000.0 / milliseconds * Seconds));
}
