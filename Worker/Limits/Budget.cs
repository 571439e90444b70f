using OpenAIWorker.Limits.Estimates;
using OpenAIWorker.Limits.Learning;
using OpenAIWorker.Upstream.Headers;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Limits;

/// <summary>
/// A provider's known limits of requests and tokens, and this process's part of what is left of both. A call takes from
/// both or from neither. Not thread-safe: its <see cref="LimitGroup"/> locks.
/// </summary>
sealed class Budget(LimitsOptions options, LimitGroupOptions? known, Func<double> chance)
{
    const double FirstPart = 0.25;

    readonly Allowance requests = new(options, known?.RequestsPerMinute);
    readonly Allowance tokens = new(options, known?.TokensPerMinute);
    LimitGroupOptions? known = known;
    bool isTold;
    double slowness = 1;
    int replicas = 1;
    bool isStarted;

    /// <summary>Whether anything is known: a limit, or that the provider states none.</summary>
    public bool IsKnown => isTold || IsSet;

    /// <summary>
    /// Whether there may be limits that neither the settings nor the provider state, and that only refusals show.
    /// </summary>
    public bool MayHaveUntold => !IsSet && !(requests.IsStated && tokens.IsStated);

    public bool IsLimited => requests.IsLimited || tokens.IsLimited;

    /// <summary>The limit of all replicas together, per minute; 0 if there is none.</summary>
    public (double Requests, double Tokens) PerMinute => (requests.PerMinute, tokens.PerMinute);

    /// <summary>The limit of tokens in the settings or from the provider, per minute; 0 if none.</summary>
    public double StatedTokens => tokens.Stated;

    /// <summary>Whether a call's number of tokens matters.</summary>
    public bool CountsTokens => tokens.Stated > 0 || !tokens.IsStated;

    /// <summary>
    /// Applies changed settings. What the provider stated stays: of the two limits the lower one counts.
    /// </summary>
    public void Change(LimitsOptions changed, LimitGroupOptions? knownNow, DateTimeOffset now)
    {
        known = knownNow;
        requests.Change(changed, known?.RequestsPerMinute, now);
        tokens.Change(changed, known?.TokensPerMinute, now);
        Spread(now);
    }

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
        return tokens.Has(amount);
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

    public void Take(Spending spending, DateTimeOffset now)
    {
        requests.Take(spending.Requests, now);
        tokens.Take(spending.Tokens, now);
    }

    public void GiveBack(Spending spending, DateTimeOffset now)
    {
        requests.GiveBack(spending.Requests, now);
        tokens.GiveBack(spending.Tokens, now);
    }

    /// <summary>A call used fewer tokens than were taken for it. If the amount is negative, it used more.</summary>
    public void GiveBackTokens(double amount, DateTimeOffset now) => tokens.GiveBack(amount, now);

    /// <summary>Which part of the limits' share was spent in a time; of two limits, the fuller one.</summary>
    public double Utilization(Spending spent, TimeSpan time) => time <= TimeSpan.Zero
        ? 0
        : Math.Max(requests.Utilization(spent.Requests, time), tokens.Utilization(spent.Tokens, time));

    /// <summary>A call was refused because of a rate. Its tokens have already been given back.</summary>
    /// <param name="refusal">The limit that was exceeded, if the provider says so.</param>
    /// <param name="spending">What the call would have used.</param>
    /// <param name="granted">When it began.</param>
    /// <param name="now">The time.</param>
    /// <returns>Whether only refusals show the limit.</returns>
    public bool Refused(Refusal refusal, Spending spending, DateTimeOffset granted, DateTimeOffset now)
    {
        isTold = true;
        Refill(now);
        var isOfTokens = refusal.IsOfTokens ?? (spending.Tokens > 0 && !tokens.IsStated);
        var (limit, amount) = isOfTokens ? (tokens, spending.Tokens) : (requests, spending.Requests);
        if (!isOfTokens)
            requests.GiveBack(amount, now);
        return limit.Refused(amount, refusal.PerMinute, granted, now);
    }

    /// <summary>Adopts the limits in an answer.</summary>
    /// <param name="told">The answer's headers.</param>
    /// <param name="since">What this process has spent since it sent the call: the answer does not include it.</param>
    /// <param name="age">The maximum age of the answer's values.</param>
    /// <param name="now">When the answer arrived.</param>
    public void Follow(RateLimitHeaders told, Spending since, TimeSpan age, DateTimeOffset now)
    {
        isTold = true;
        Refill(now);
        requests.Follow(told.Requests, since.Requests, age, now);
        tokens.Follow(told.Tokens, since.Tokens, age, now);
    }

    bool IsSet => known is { RequestsPerMinute: not null } or { TokensPerMinute: not null };

    void Spread(DateTimeOffset now)
    {
        // No burst at the start: the first calls are slow and arrive together, and their answers show what is left.
        // Replicas that start together must not call together either.
        var first = isStarted ? 1 : replicas == 1 ? FirstPart : FirstPart * chance();
        isStarted = true;
        requests.Spread(replicas, slowness, first, now);
        tokens.Spread(replicas, slowness, first, now);
    }

    void Refill(DateTimeOffset now)
    {
        requests.Refill(now);
        tokens.Refill(now);
    }

    static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}

/// <summary>What a provider says about the limit because of which it refused a call.</summary>
/// <param name="IsOfTokens">True: the limit of tokens. False: the limit of requests. Null: it does not say.</param>
/// <param name="PerMinute">The limit. Null: it does not say.</param>
readonly record struct Refusal(bool? IsOfTokens, double? PerMinute);
