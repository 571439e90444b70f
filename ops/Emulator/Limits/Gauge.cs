namespace OpenAIWorker.Emulator.Limits;

/// <summary>
/// One bucket that refills continuously. Not thread-safe: <see cref="Bucket"/> locks both of its gauges at once.
/// </summary>
sealed class Gauge(int perMinute, TimeSpan burst)
{
    // A very short burst could hold less than one request, and would then never admit anything.
    readonly double capacity = Math.Max(1, perMinute * burst.TotalMinutes);
    double level = Math.Max(1, perMinute * burst.TotalMinutes);

    public int PerMinute => perMinute;

    public long Used => (long)Math.Ceiling(Math.Max(0, capacity - level));

    public Quota Quota => new(perMinute, (long)Math.Max(0, level), TimeFor(capacity - level));

    public void Refill(TimeSpan elapsed) => level = Math.Min(capacity, level + (perMinute * elapsed.TotalMinutes));

    /// <summary>
    /// A request for more than the bucket holds waits for a full bucket and leaves a debt, so the rate per minute stays
    /// correct.
    /// </summary>
    public TimeSpan WaitFor(double amount) => TimeFor(Math.Min(amount, capacity) - level);

    public void Take(double amount) => level -= amount;

    public void TakeWhatIsLeft(double amount) => level = Math.Min(level, Math.Max(0, level - amount));

    TimeSpan TimeFor(double missing) => missing <= 0 ? TimeSpan.Zero : TimeSpan.FromMinutes(missing / perMinute);
}
