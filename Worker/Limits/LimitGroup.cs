using OpenAIWorker.Limits.Estimates;
using OpenAIWorker.Telemetry;
using OpenAIWorker.Upstream.Headers;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Limits;

/// <summary>
/// The calls that share one limit: those of one credential, for one model or group of models. It grants them their
/// turns.
/// </summary>
sealed class LimitGroup : IDisposable
{
    static readonly TimeSpan TimerGrain = TimeSpan.FromMilliseconds(1);

    readonly Lock guard = new();
    readonly TimeProvider clock;
    readonly LearntLimit limit;
    readonly WaitQueue waiting = new();
    readonly Action throttled;
    readonly ITimer wake;
    readonly SpentBudget spent;
    int running;

    /// <param name="options">The settings.</param>
    /// <param name="known">The settings of this group.</param>
    /// <param name="throttled">Called for each refusal.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="chance">From 0 to 1.</param>
    public LimitGroup(
        LimitsOptions options, LimitGroupOptions? known, Action throttled, TimeProvider clock, Func<double> chance)
    {
        (this.clock, this.throttled, spent) = (clock, throttled, new(Steady.Now(clock)));
        limit = new(options, known, chance);
        wake = clock.CreateTimer(_ => Locked(_ => { }), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The numbers of running calls, and of calls that wait in memory.</summary>
    public (int Running, int Waiting) Load => Look(static (group, _) => (group.running, group.waiting.Count));

    /// <summary>How long the provider wants no calls.</summary>
    public TimeSpan Pause => Look(static (group, now) => group.limit.Pause(now));

    /// <summary>How long the provider has no spare capacity for calls of the tier flex.</summary>
    public TimeSpan FlexPause => Look(static (group, now) => group.limit.FlexPause(now));

    /// <summary>Whether the limit or a refusal delays calls, not only other calls.</summary>
    public bool IsLimited => Look(static (group, _) => group.limit.HoldsBack);

    /// <summary>
    /// Whether it can be dropped without loss: no call runs or waits, and the provider has answered none, or none for
    /// long.
    /// </summary>
    public bool IsForgettable => Look(static (group, now) =>
        group.running == 0 && group.waiting.Count == 0 && group.limit.IsForgettable(now));

    /// <summary>The known limit of all replicas together, per minute; 0 if there is none.</summary>
    public (double Requests, double Tokens) PerMinute => Look(static (group, _) => group.limit.PerMinute);

    /// <summary>The limit of tokens in the settings or from the provider, per minute; 0 if none.</summary>
    public double StatedTokens => Look(static (group, _) => group.limit.StatedTokens);

    /// <summary>Whether the number of a call's tokens matters.</summary>
    public bool CountsTokens => Look(static (group, _) => group.limit.CountsTokens);

    /// <summary>What this process has used recently.</summary>
    public LimitUse Use => Look(static (group, now) => group.spent.Recent(now));

    /// <summary>Which part of this process's share of the limit was used since the last query.</summary>
    public double TakeUtilization() => Look(static (group, now) =>
    {
        var (spent, time) = group.spent.SinceLastQuery(now);
        return group.limit.Utilization(spent, time);
    });

    /// <summary>
    /// The part of the budget that a call will use: at most the tokens of one minute. A provider accepts no larger
    /// call, and other calls would wait for it to be refilled.
    /// </summary>
    public Spending SpendingOf(TokenEstimate estimate)
    {
        lock (guard)
            return limit.SpendingOf(estimate);
    }

    /// <summary>
    /// Whether so many such calls fit now that an error in each estimate does not matter, or no limit of tokens is
    /// stated.
    /// </summary>
    public bool IsFarFor(TokenEstimate rough)
    {
        lock (guard)
            return limit.IsFarFor(rough, Steady.Now(clock));
    }

    /// <summary>
    /// Waits for a turn. Null: the wait would be too long, or calls with earlier turns took its place.
    /// </summary>
    public async Task<RateLimitLease?> Wait(Waiting call, CancellationToken cancellation,
        CancellationToken stopping = default)
    {
        LinkedListNode<Waiting>? place = null;
        Locked(now => place = IsTooFar(call, now) ? null : waiting.Add(call));
        if (place is null)
            return null;
        if (call.Granted.Task.IsCompletedSuccessfully)
            return call.Granted.Task.Result;
        await using var leaving = cancellation.UnsafeRegister(_ => Leave(place), null);
        await using var ending = stopping.UnsafeRegister(_ => Leave(place), null);
        await using var over = (call.End?.Invoke() ?? default).UnsafeRegister(_ => Leave(place), null);
        return await call.Granted.Task;
    }

    /// <summary>How long a new call must wait.</summary>
    public TimeSpan Ahead(Waiting call)
    {
        lock (guard)
            return Ahead(call, Steady.Now(clock));
    }

    /// <summary>The settings or an operator's limits have changed. What was learnt from the provider stays.</summary>
    public void Change(LimitsOptions options, LimitGroupOptions? known) =>
        Locked(now => limit.Change(options, known, now));

    public void Divide(int replicas) => Locked(now => limit.Divide(replicas, now));

    /// <summary>An answer arrived, and shows the state of the limit.</summary>
    public void Observe(RateLimitLease lease, RateLimitHeaders told) => Locked(now =>
    {
        limit.Follow(told, spent.Total - lease.Spent, lease.Granted, now);
        lease.IsSettled = told.Tokens is not null;
    });

    public void End(RateLimitLease lease, CallEnd end)
    {
        IReadOnlyList<Waiting> impatient = [];
        Locked(now =>
        {
            if (end.IsThrottled)
            {
                limit.Refused(lease, end, now);
                spent.Refuse(now);
                impatient = waiting.RemoveImpatient(limit.Pause(now));
            }
            else
            {
                limit.Answered(lease, end, running, hasWaiting: waiting.Count > 0, now);
            }
            running--;
        });
        if (end.IsThrottled)
            throttled();
        foreach (var call in impatient)
            call.Granted.TrySetResult(null);
    }

    /// <summary>No call was made with the turn.</summary>
    public void Return(RateLimitLease lease) => Locked(now =>
    {
        limit.GiveBack(lease.Spending, now);
        spent.Add(Spending.Nothing - lease.Spending, now);
        running--;
    });

    public void Dispose() => wake.Dispose();

    // If the waiting calls take too long altogether, only those with earlier turns count: other tenants may have had
    // more turns.
    bool IsTooFar(Waiting call, DateTimeOffset now)
    {
        if (Ahead(call, now) <= call.Patience)
            return false;
        var (before, count) = (Spending.Nothing, 0);
        if (Behind() > call.Patience)
            return true;
        foreach (var other in waiting.Before(call))
        {
            (before, count) = (before + other.Spending, count + 1);
            if (Behind() > call.Patience)
                return true;
        }
        return false;

        TimeSpan Behind() => limit.WaitBehind(before, count, running, call.Spending, now);
    }

    TimeSpan Ahead(Waiting call, DateTimeOffset now) =>
        limit.WaitBehind(waiting.Total, waiting.Count, running, call.Spending, now);

    void Leave(LinkedListNode<Waiting> place)
    {
        Locked(_ => waiting.Remove(place));
        place.Value.Granted.TrySetCanceled();
    }

    // Every change may admit calls, so every change ends with granting. If calls wait only for the answers of others,
    // any number may wait: only the time counts.
    void Locked(Action<DateTimeOffset> change)
    {
        List<(Waiting, RateLimitLease)>? granted = null;
        List<Waiting>? crowding = null;
        lock (guard)
        {
            var now = Steady.Now(clock);
            change(now);
            while (waiting.TryPeek(out var next) && MayRun(next, now))
                (granted ??= []).Add((next, Grant(next, now)));
            while (waiting.Count > 0 && limit.HoldsBackAll(waiting.Total, now) && waiting.RemoveCrowding() is { } last)
                (crowding ??= []).Add(last);
        }
        foreach (var (call, lease) in granted ?? [])
        {
            if (!call.Granted.TrySetResult(lease))
                lease.End(default);
        }
        foreach (var call in crowding ?? [])
            call.Granted.TrySetResult(null);
    }

    bool MayRun(Waiting next, DateTimeOffset now)
    {
        if (running >= limit.MostAtOnce)
            return false;
        var pause = limit.WaitFor(next.Spending, running, now);
        if (pause == TimeSpan.Zero)
            return true;
        wake.Change(pause + TimerGrain, Timeout.InfiniteTimeSpan);
        return false;
    }

    RateLimitLease Grant(Waiting next, DateTimeOffset now)
    {
        waiting.Dequeue();
        limit.Begin(next.Spending, now);
        spent.Add(next.Spending, now);
        var lease = new RateLimitLease(this, next, spent.Total, now);
        running++;
        return lease;
    }

    T Look<T>(Func<LimitGroup, DateTimeOffset, T> look)
    {
        lock (guard)
            return look(this, Steady.Now(clock));
    }
}
