using OpenAIWorker.Limits.Estimates;
using OpenAIWorker.Upstream.Headers;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Limits;

/// <summary>
/// A provider's known limits of requests and tokens, and this process's part of what is left of both. A call takes from
/// both or from neither. Not thread-safe: its <see cref="LimitGroup"/> locks.
/// </summary>
sealed class Budget(LimitsOptions options, LimitGroupOptions? known, Func<double> chance)
{
    // A limit per minute is full again after a minute. A longer reset means a limit per hour or day.
    static readonly TimeSpan LongestReset = TimeSpan.FromSeconds(75);

    const double FirstPart = 0.25;

    // This part of the burst is not used, because delayed calls arrive together with the following ones.
    const double Reserve = 0.3;

    // Providers without a limit state a number like this.
    const long Endless = 1_000_000_000;

    readonly TokenBucket requests = new(options.Burst);
    readonly TokenBucket tokens = new(options.Burst);
    LimitsOptions options = options;
    LimitGroupOptions? known = known;
    double? toldRequests;
    double? toldTokens;
    bool isTold;
    double totalRequests = known?.RequestsPerMinute ?? 0;
    double totalTokens = known?.TokensPerMinute ?? 0;
    double slowness = 1;
    int replicas = 1;
    bool isStarted;

    /// <summary>Whether anything is known: a limit, or that the provider states none.</summary>
    public bool IsKnown => isTold || known is { RequestsPerMinute: not null } or { TokensPerMinute: not null };

    public bool IsLimited => requests.IsLimited || tokens.IsLimited;

    /// <summary>The limit of all replicas together, per minute; 0 if there is none.</summary>
    public (double Requests, double Tokens) PerMinute => (totalRequests, totalTokens);

    /// <summary>
    /// Applies changed settings. What the provider stated stays: of the two limits the lower one counts.
    /// </summary>
    public void Change(LimitsOptions changed, LimitGroupOptions? knownNow, DateTimeOffset now)
    {
        Refill(now);
        (options, known) = (changed, knownNow);
        requests.Change(options.Burst);
        tokens.Change(options.Burst);
        (totalRequests, totalTokens) = (Lower(toldRequests, known?.RequestsPerMinute),
            Lower(toldTokens, known?.TokensPerMinute));
        Spread(now);
    }

    static double Lower(double? told, double? given) =>
        Math.Min(told ?? double.PositiveInfinity, given ?? double.PositiveInfinity) is var lower
            && double.IsFinite(lower) ? lower : 0;

    /// <summary>Sets the number of replicas that share the limit.</summary>
    public void Divide(int among, DateTimeOffset now)
    {
        if (isStarted && among == replicas)
            return;
        replicas = among;
        Spread(now);
    }

    /// <summary>Reduces the rate, for a provider that asked for it. 1 is the whole limit.</summary>
    public void Slow(double factor, DateTimeOffset now)
    {
        slowness = factor;
        Spread(now);
    }

    public double Slowness => slowness;

    /// <summary>Whether this many tokens are left now.</summary>
    public bool HasTokens(double amount, DateTimeOffset now)
    {
        Refill(now);
        return tokens.Level >= amount;
    }

    public TimeSpan WaitFor(Spending spending, DateTimeOffset now)
    {
        Refill(now);
        return Longer(requests.WaitFor(spending.Requests), tokens.WaitFor(spending.Tokens));
    }

    public TimeSpan WaitBehind(Spending others, Spending spending, DateTimeOffset now)
    {
        Refill(now);
        return Longer(requests.WaitBehind(others.Requests, spending.Requests),
            tokens.WaitBehind(others.Tokens, spending.Tokens));
    }

    public void Take(Spending spending)
    {
        requests.Take(spending.Requests);
        tokens.Take(spending.Tokens);
    }

    public void GiveBack(Spending spending)
    {
        requests.GiveBack(spending.Requests);
        tokens.GiveBack(spending.Tokens);
    }

    public void GiveBackTokens(double amount) => tokens.GiveBack(amount);

    /// <summary>Which part of the limits' share was spent in a time; of two limits, the fuller one.</summary>
    public double Utilization(Spending spent, TimeSpan time) => time <= TimeSpan.Zero
        ? 0
        : Math.Max(Part(spent.Requests, requests.PerMinute), Part(spent.Tokens, tokens.PerMinute)) / time.TotalMinutes;

    static double Part(double spent, double perMinute) => perMinute > 0 ? spent / perMinute : 0;

    /// <summary>Adopts the limits in an answer.</summary>
    /// <param name="told">The answer's headers.</param>
    /// <param name="since">What this process has spent since it sent the call: the answer does not include it.</param>
    /// <param name="age">The maximum age of the answer's values.</param>
    /// <param name="now">When the answer arrived.</param>
    public void Follow(RateLimitHeaders told, Spending since, TimeSpan age, DateTimeOffset now)
    {
        isTold = true;
        Refill(now);
        Follow(requests, ref toldRequests, ref totalRequests, known?.RequestsPerMinute, told.Requests, since.Requests,
            age, now);
        Follow(tokens, ref toldTokens, ref totalTokens, known?.TokensPerMinute, told.Tokens, since.Tokens, age, now);
    }

    void Follow(TokenBucket bucket, ref double? perMinuteTold, ref double total, long? fixedLimit, RateQuota? told,
        double since, TimeSpan age, DateTimeOffset now)
    {
        if (told is not { Limit: > 0 and < Endless, Remaining: >= 0 } quota || quota.Remaining > quota.Limit)
            return;
        perMinuteTold = PerMinuteOf(quota);
        var perMinute = Lower(perMinuteTold, fixedLimit);
        if (perMinute != total)
        {
            total = perMinute;
            bucket.Limit(Part(total), now, firstPart: 0);
        }
        var remaining = quota.Remaining - Reserve * total / 60 * options.Burst.TotalSeconds;
        bucket.AtMost(remaining + total / 60 * age.TotalSeconds - since);
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

    void Spread(DateTimeOffset now)
    {
        // No burst at the start: the first calls are slow and arrive together, and their answers show what is left.
        // Replicas that start together must not call together either.
        var first = isStarted ? 1 : replicas == 1 ? FirstPart : FirstPart * chance();
        isStarted = true;
        if (totalRequests > 0 || requests.IsLimited)
            requests.Limit(Part(totalRequests), now, first);
        if (totalTokens > 0 || tokens.IsLimited)
            tokens.Limit(Part(totalTokens), now, first);
    }

    double Part(double total) => total * options.Share * slowness / replicas;

    void Refill(DateTimeOffset now)
    {
        requests.Refill(now);
        tokens.Refill(now);
    }

    static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
