namespace OpenAIWorker.Emulator.Limits;

/// <summary>A limit that refills continuously: 600 a minute is one each tenth of a second.</summary>
sealed class TokenBucket(double perMinute, double capacity, TimeProvider clock)
{
    // Full: the first look at it brings it down to its capacity.
    double level = double.MaxValue;
    long filled = clock.GetTimestamp();

    public double Limit => perMinute;

    /// <summary>What could be taken now.</summary>
    public double Level
    {
        get
        {
            var now = clock.GetTimestamp();
            level = Math.Min(capacity, level + clock.GetElapsedTime(filled, now).TotalMinutes * perMinute);
            filled = now;
            return level;
        }
    }

    public void Take(double amount) => level -= amount;

    /// <summary>How long until so much is there; for more than it holds, until it is full.</summary>
    public TimeSpan Until(double amount)
    {
        var needed = Math.Min(amount, capacity);
        return Level >= needed ? TimeSpan.Zero : TimeSpan.FromMinutes((needed - level) / perMinute);
    }

    /// <summary>How long until it is full, which is what the reset headers tell.</summary>
    public TimeSpan UntilFull => Until(capacity);
}
