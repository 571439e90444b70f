namespace OpenAIWorker.Emulator.Limits;

/// <summary>
/// One bucket that refills continuously. Not thread-safe: <see cref="Bucket"/> locks both of its gauges at once.
/// </summary>
sealed class Gauge(int perMinute, TimeSpan burst)
{
    // A burst so short that it holds less than one request would admit nothing for ever.
    readonly double capacity = Math.Max(1, perMinute * burst.TotalMinutes);
    double level = Math.Max(1, perMinute * burst.TotalMinutes);

    public int PerMinute => perMinute;

    public long Used => (long)Math.Ceiling(Math.Max(0, capacity - level));

    public Quota Quota => new(perMinute, (long)Math.Max(0, level), TimeFor(capacity - level));

    public void Refill(TimeSpan elapsed) => level = Math.Min(capacity, level + (perMinute * elapsed.TotalMinutes));

    /// <summary>
    /// More than the bucket ever holds waits for a full one and leaves a debt, so that the rate per minute stays true.
    /// </summary>
    public TimeSpan WaitFor(double amount) => TimeFor(Math.Min(amount, capacity) - level);

    public void Take(double amount) => level -= amount;

    public void TakeWhatIsLeft(double amount) => level = Math.Min(level, Math.Max(0, level - amount));

    TimeSpan TimeFor(double missing) => missing <= 0 ? TimeSpan.Zero : TimeSpan.FromMinutes(missing / perMinute);
}
