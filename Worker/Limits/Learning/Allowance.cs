using OpenAIWorker.Upstream.Headers;

namespace OpenAIWorker.Limits.Learning;

/// <summary>
/// One kind of limit, of requests or of tokens: what is known about it, and this process's share of the rest. Not
/// thread-safe: its <see cref="LimitGroup"/> locks.
/// </summary>
sealed class Allowance(LimitsOptions options, long? known)
{
    // A limit per minute is full again after a minute. A longer reset means a limit per hour or day.
    static readonly TimeSpan LongestReset = TimeSpan.FromSeconds(75);

    // This part of the burst is not used, because delayed calls arrive together with the following ones.
    const double Reserve = 0.3;

    // Providers without a limit state a number like this.
    const long Endless = 1_000_000_000;

    const double SecondsAMinute = 60;

    readonly TokenBucket bucket = new(options.Burst);
    readonly FeltPace felt = new();
    LimitsOptions options = options;
    long? known = known;
    double? told;
    bool isEndless;
    double slowness = 1;
    int replicas = 1;

    public bool IsLimited => bucket.IsLimited;

    /// <summary>
    /// Whether the settings or the provider state the limit, or the provider says that there is none.
    /// </summary>
    public bool IsStated => isEndless || Stated > 0;

    /// <summary>The limit in the settings or from the provider, for all replicas, per minute; 0 if none.</summary>
    public double Stated => Math.Min(told ?? double.PositiveInfinity, known ?? double.PositiveInfinity) is var lower
        && double.IsFinite(lower) ? lower : 0;

    /// <summary>The limit of all replicas together, per minute; 0 if there is none.</summary>
    public double PerMinute => Stated > 0 ? Stated : felt.PerSecond * SecondsAMinute * replicas;

    /// <summary>
    /// Applies changed settings. What the provider stated stays: of the two limits the lower one counts.
    /// </summary>
    public void Change(LimitsOptions changed, long? knownNow, DateTimeOffset now)
    {
        Refill(now);
        (options, known) = (changed, knownNow);
        bucket.Change(options.Burst);
    }

    /// <summary>This process's part of the limit has changed.</summary>
    public void Spread(int among, double slowed, double firstPart, DateTimeOffset now)
    {
        felt.Divide(among);
        (replicas, slowness) = (among, slowed);
        if (Stated > 0 || bucket.IsLimited)
            bucket.Limit(MyPart, now, firstPart);
    }

    public void Refill(DateTimeOffset now)
    {
        if (felt.IsFelt && !IsStated)
            bucket.Limit(MyPart, now);
        bucket.Refill(now);
    }

    public bool Has(double amount) => bucket.Level >= amount;

    public TimeSpan WaitFor(double amount) => bucket.WaitFor(amount);

    public TimeSpan WaitBehind(double others, double amount) => bucket.WaitBehind(others, amount);

    public void Take(double amount, DateTimeOffset now)
    {
        bucket.Take(amount);
        felt.Spend(amount, options.Burst, now);
    }

    public void GiveBack(double amount, DateTimeOffset now)
    {
        bucket.GiveBack(amount);
        felt.Spend(-amount, options.Burst, now);
    }

    /// <summary>The part of this process's share that was spent in this time.</summary>
    public double Utilization(double spent, TimeSpan time) =>
        bucket.PerMinute > 0 ? spent / bucket.PerMinute / time.TotalMinutes : 0;

    /// <summary>The provider refused a call because of this limit: nothing is left of it.</summary>
    /// <param name="amount">What the call would have used.</param>
    /// <param name="limit">The limit per minute, as the provider states it.</param>
    /// <param name="granted">When the call began.</param>
    /// <param name="now">The time.</param>
    /// <returns>Whether only refusals show the limit.</returns>
    public bool Refused(double amount, double? limit, DateTimeOffset granted, DateTimeOffset now)
    {
        told = limit ?? told;
        if (!IsStated)
            felt.Refused(amount, granted, bucket.Unused, now);
        bucket.Limit(MyPart, now, firstPart: 0);
        bucket.AtMost(-Reserve * MyPart / SecondsAMinute * options.Burst.TotalSeconds);
        return !IsStated;
    }

    /// <summary>Adopts the limit in an answer.</summary>
    /// <param name="quota">The limit as the answer's headers state it.</param>
    /// <param name="since">What this process has spent since it sent the call: the answer does not include it.</param>
    /// <param name="age">The maximum age of the answer's values.</param>
    /// <param name="now">When the answer arrived.</param>
    public void Follow(RateQuota? quota, double since, TimeSpan age, DateTimeOffset now)
    {
        isEndless = quota is { Limit: >= Endless };
        if (quota is not { Limit: > 0 and < Endless, Remaining: >= 0 } limit || limit.Remaining > limit.Limit)
            return;
        var before = Stated;
        told = PerMinuteOf(limit);
        if (Stated != before)
            bucket.Limit(MyPart, now, firstPart: 0);
        var perSecond = Stated / SecondsAMinute;
        var remaining = limit.Remaining - Reserve * perSecond * options.Burst.TotalSeconds;
        bucket.AtMost(remaining + perSecond * age.TotalSeconds - since);
        if (options.Share * slowness < 1)
            return;
        // One is kept in reserve, because the others read the same number.
        var mine = (remaining - 1) / replicas - since;
        if (mine > bucket.Level + 1)
            bucket.AtLeast(mine);
    }

    static double PerMinuteOf(RateQuota quota) =>
        quota.Reset is { } reset && reset > LongestReset && quota.Remaining < quota.Limit
        ? (quota.Limit - quota.Remaining) / reset.TotalMinutes
        : quota.Limit;

    double MyPart => PerMinute * options.Share * slowness / replicas;
}
