namespace OpenAIWorker.Limits;

/// <summary>
/// Requests or tokens that may be spent now: refilled continuously, up to a burst. Without a limit it grants
/// everything. Not thread-safe: its <see cref="Budget"/> locks.
/// </summary>
sealed class TokenBucket(TimeSpan burst)
{
    const double SecondsAMinute = 60;

    TimeSpan burst = burst;
    double perSecond;
    DateTimeOffset refilled;

    /// <summary>
    /// The amount that is left. Below zero, one spending was larger than the burst, and is being paid off.
    /// </summary>
    public double Level { get; private set; }

    public bool IsLimited => perSecond > 0;

    /// <summary>What was refilled and not spent so far, beyond the burst.</summary>
    public double Unused { get; private set; }

    /// <summary>This process's part of the limit.</summary>
    public double PerMinute => perSecond * SecondsAMinute;

    // With less than one call, none would ever pass; and the delay of a timer must not be lost.
    double Capacity => Math.Max(1.5, perSecond * burst.TotalSeconds);

    /// <summary>Sets how much of the limit may be used at once.</summary>
    public void Change(TimeSpan most) => burst = most;

    /// <summary>Sets or changes the limit; 0 is none. The rest stays, within the new burst.</summary>
    public void Limit(double perMinute, DateTimeOffset now, double firstPart = 1)
    {
        Refill(now);
        var isNew = !IsLimited;
        perSecond = perMinute / SecondsAMinute;
        Level = isNew ? Capacity * firstPart : Math.Min(Level, Capacity);
    }

    public void Refill(DateTimeOffset now)
    {
        if (IsLimited && now > refilled)
        {
            var level = Level + perSecond * (now - refilled).TotalSeconds;
            Unused += Math.Max(0, level - Capacity);
            Level = Math.Min(Capacity, level);
        }
        if (now > refilled)
            refilled = now;
    }

    /// <summary>How long until this amount may be spent. More than the burst waits for a full bucket.</summary>
    public TimeSpan WaitFor(double amount) =>
        !IsLimited || Math.Min(amount, Capacity) - Level is var missing && missing <= 1e-9
            ? TimeSpan.Zero
            : TimeSpan.FromSeconds(missing / perSecond);

    /// <summary>The same behind others that will spend an amount.</summary>
    public TimeSpan WaitBehind(double others, double amount) =>
        !IsLimited || others + Math.Min(amount, Capacity) - Level is var missing && missing <= 0
            ? TimeSpan.Zero
            : TimeSpan.FromSeconds(missing / perSecond);

    public void Take(double amount)
    {
        if (IsLimited)
            Level -= amount;
    }

    public void GiveBack(double amount)
    {
        if (IsLimited)
            Level = Math.Min(Capacity, Level + amount);
    }

    /// <summary>The provider states how much is left, at most.</summary>
    public void AtMost(double left) => Level = Math.Min(Level, left);

    /// <summary>The provider states how much is left, at least.</summary>
    public void AtLeast(double left) => Level = Math.Max(Level, Math.Min(Capacity, left));
}
