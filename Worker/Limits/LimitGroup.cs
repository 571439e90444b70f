using OpenAIWorker.Upstream;

namespace OpenAIWorker.Limits;

/// <summary>The calls that share one limit: one credential's, of one model or group of models. It grants them their turns.</summary>
sealed class LimitGroup : IDisposable
{
    const double Halved = 0.5;
    const double Recovery = 1.1;
    static readonly TimeSpan RecoveryEvery = TimeSpan.FromSeconds(30);

    // While nothing is known: one call, and one more for each time that passes without an answer.
    static readonly TimeSpan FeelingOut = TimeSpan.FromMilliseconds(250);
    static readonly TimeSpan TimerGrain = TimeSpan.FromMilliseconds(1);

    // The first calls make the connection first: what their answers say was not true before that.
    static readonly TimeSpan Cold = TimeSpan.FromSeconds(2);
    static readonly TimeSpan Connecting = TimeSpan.FromSeconds(0.5);

    static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    const int FarCalls = 64;

    readonly Lock guard = new();
    readonly TimeProvider clock;
    readonly Budget budget;
    readonly Calibration calibration = new();
    readonly Calibration roughCalibration = new();
    readonly CoolDown coolDown = new();
    readonly CoolDown flex = new();
    readonly ConcurrencyWindow window;
    readonly TurnQueue waiting = new();
    readonly Action throttled;
    readonly ITimer wake;
    Spending spent;
    Spending spentAtLastLook;
    DateTimeOffset lastLook;
    DateTimeOffset slowedAt;
    DateTimeOffset? firstCall;
    DateTimeOffset lastCall;
    bool isProven;
    int running;

    /// <param name="options">The settings.</param>
    /// <param name="known">What the settings say of this group.</param>
    /// <param name="throttled">Told of each refusal.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="chance">From 0 to 1.</param>
    public LimitGroup(
        LimitsOptions options, LimitGroupOptions? known, Action throttled, TimeProvider clock, Func<double> chance)
    {
        (this.clock, this.throttled, lastLook) = (clock, throttled, Steady.Now(clock));
        budget = new(options, known, chance);
        window = new(options.MinConcurrency, options.MaxConcurrency);
        wake = clock.CreateTimer(_ => Locked(_ => { }), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Calls that run now, and calls that wait in memory.</summary>
    public (int Running, int Waiting) Load
    {
        get
        {
            lock (guard)
                return (running, waiting.Count);
        }
    }

    /// <summary>How long the provider wants no calls.</summary>
    public TimeSpan Pause
    {
        get
        {
            lock (guard)
                return coolDown.Left(Steady.Now(clock));
        }
    }

    /// <summary>How long the provider has no spare capacity for calls of the tier flex.</summary>
    public TimeSpan FlexPause
    {
        get
        {
            lock (guard)
                return flex.Left(Steady.Now(clock));
        }
    }

    /// <summary>Whether calls are held back by a limit or after a refusal, not just by each other.</summary>
    public bool IsLimited
    {
        get
        {
            lock (guard)
                return IsHeldBack;
        }
    }

    /// <summary>Whether nothing is lost with it: no call runs or waits, and the provider has answered none, or none for long.</summary>
    public bool IsForgettable
    {
        get
        {
            lock (guard)
            {
                var now = Steady.Now(clock);
                return running == 0 && waiting.Count == 0 && coolDown.Left(now) == TimeSpan.Zero && flex.Left(now) == TimeSpan.Zero
                    && (!isProven || now - lastCall > Remembered);
            }
        }
    }

    /// <summary>The limit as it is known, of all replicas together, a minute; 0 where there is none.</summary>
    public (double Requests, double Tokens) PerMinute
    {
        get
        {
            lock (guard)
                return budget.PerMinute;
        }
    }

    /// <summary>Which part of this process's share of the limit was used since the last look.</summary>
    public double Utilization()
    {
        lock (guard)
        {
            var now = Steady.Now(clock);
            var used = budget.Utilization(spent - spentAtLastLook, now - lastLook);
            (spentAtLastLook, lastLook) = (spent, now);
            return used;
        }
    }

    /// <summary>
    /// What a call will use of the budget: of tokens a minute's limit at most. A provider lets nothing larger in, and the others would wait until it is
    /// paid off.
    /// </summary>
    public Spending SpendingOf(TokenEstimate estimate)
    {
        lock (guard)
        {
            var spending = CalibrationOf(estimate).SpendingOf(estimate);
            return budget.PerMinute.Tokens is > 0 and var most && spending.Tokens > most ? spending with { Tokens = most } : spending;
        }
    }

    /// <summary>Whether so many such calls could be made now that it does not matter if each uses somewhat more.</summary>
    public bool IsFarFor(TokenEstimate rough)
    {
        lock (guard)
            return budget.HasTokens(roughCalibration.SpendingOf(rough).Tokens * FarCalls, Steady.Now(clock));
    }

    /// <summary>Waits for a turn. Null: the wait would be longer than the job's patience, or with too many others.</summary>
    public async Task<Turn?> Wait(Waiting call, CancellationToken cancellation, CancellationToken stopping = default)
    {
        LinkedListNode<Waiting>? place = null;
        Locked(now => place = Ahead(call, now) > call.Patience || IsCrowded(call) ? null : waiting.Add(call));
        if (place is null)
            return null;
        if (call.Granted.Task.IsCompletedSuccessfully)
            return call.Granted.Task.Result;
        await using var leaving = cancellation.UnsafeRegister(_ => Leave(place), null);
        await using var ending = stopping.UnsafeRegister(_ => Leave(place), null);
        await using var over = (call.End?.Invoke() ?? default).UnsafeRegister(_ => Leave(place), null);
        return await call.Granted.Task;
    }

    /// <summary>How long a call that comes now has to wait.</summary>
    public TimeSpan Ahead(Waiting call)
    {
        lock (guard)
            return Ahead(call, Steady.Now(clock));
    }

    /// <summary>The settings, or what an operator said, are others now. What was learnt from the provider stays.</summary>
    public void Change(LimitsOptions options, LimitGroupOptions? known) => Locked(now =>
    {
        budget.Change(options, known, now);
        window.Change(options.MinConcurrency, options.MaxConcurrency);
    });

    public void Divide(int replicas) => Locked(now => budget.Divide(replicas, now));

    /// <summary>An answer has come, and says how the limit stands.</summary>
    public void Observe(Turn turn, RateLimitHeaders told) => Locked(now =>
    {
        budget.Follow(told, spent - turn.Spent, Age(turn, now), now);
        turn.IsSettled = told.Tokens is not null;
    });

    public void End(Turn turn, CallEnd end)
    {
        IReadOnlyList<Waiting> impatient = [];
        Locked(now =>
        {
            if (end.IsThrottled)
                impatient = Refused(turn, end, now);
            else
                Answered(turn, end, now);
            running--;
        });
        if (end.IsThrottled)
            throttled();
        foreach (var call in impatient)
            call.Granted.TrySetResult(null);
    }

    /// <summary>No call was made with the turn.</summary>
    public void Return(Turn turn) => Locked(_ =>
    {
        budget.GiveBack(turn.Spending);
        spent -= turn.Spending;
        running--;
    });

    public void Dispose() => wake.Dispose();

    Calibration CalibrationOf(TokenEstimate estimate) => estimate.IsRough ? roughCalibration : calibration;

    TimeSpan Age(Turn turn, DateTimeOffset now)
    {
        var took = now - turn.Granted;
        if (turn.Granted - firstCall >= Cold)
            return took;
        return took > Connecting ? took - Connecting : TimeSpan.Zero;
    }

    // Where nothing but the others' answers is waited for, time alone counts: it passes quickly, or Ahead says so.
    bool IsCrowded(Waiting call) => IsHeldBack && waiting.Count > call.Company;

    bool IsHeldBack => budget.IsLimited || coolDown.IsRamping;

    TimeSpan Ahead(Waiting call, DateTimeOffset now)
    {
        var pause = coolDown.Left(now);
        var turn = budget.WaitBehind(waiting.Total, call.Spending, now);
        var room = running < window.Size ? TimeSpan.Zero : window.WaitBehind(waiting.Count);
        return TimeSpan.FromTicks(Math.Max(Math.Max(pause.Ticks, turn.Ticks), room.Ticks));
    }

    IReadOnlyList<Waiting> Refused(Turn turn, CallEnd end, DateTimeOffset now)
    {
        (end.IsFlex ? flex : coolDown).Refused(end.RetryAfter, now);
        if (end.Charge is { } charge)
            CalibrationOf(turn.Estimate).Refused(turn.Estimate, charge);
        // It did not run, so its tokens are not gone; the request is.
        if (!turn.IsSettled)
            budget.GiveBackTokens(turn.Spending.Tokens);
        if (end is { AsksForLess: true, IsFlex: false } && now - slowedAt > RecoveryEvery)
        {
            budget.Slow(budget.Slowness * Halved, now);
            slowedAt = now;
        }
        return waiting.RemoveImpatient(coolDown.Left(now));
    }

    void Answered(Turn turn, CallEnd end, DateTimeOffset now)
    {
        if (end.Took is not { } took)
            return;
        isProven = true;
        coolDown.Answered(turn.Granted);
        if (end.IsFlex)
            flex.Answered(turn.Granted);
        window.Answered(took, running, isFull: waiting.Count > 0 && running >= window.Size);
        if (end.InputTokens is { } input)
            CalibrationOf(turn.Estimate).Counted(turn.Estimate, input);
        if (budget.Slowness < 1 && now - slowedAt > RecoveryEvery)
        {
            budget.Slow(Math.Min(1, budget.Slowness * Recovery), now);
            slowedAt = now;
        }
    }

    void Leave(LinkedListNode<Waiting> place)
    {
        Locked(_ => waiting.Remove(place));
        place.Value.Granted.TrySetCanceled();
    }

    // Every change may let calls through, so every change ends with granting.
    void Locked(Action<DateTimeOffset> change)
    {
        List<(Waiting, Turn)>? granted = null;
        lock (guard)
        {
            var now = Steady.Now(clock);
            change(now);
            while (waiting.TryPeek(out var next) && MayRun(next, now))
                (granted ??= []).Add((next, Grant(next, now)));
        }
        foreach (var (call, turn) in granted ?? [])
        {
            if (!call.Granted.TrySetResult(turn))
                turn.End(default);
        }
    }

    bool MayRun(Waiting next, DateTimeOffset now)
    {
        if (running >= Math.Min(window.Size, coolDown.Ramp))
            return false;
        var pause = coolDown.Left(now);
        if (pause == TimeSpan.Zero)
            pause = budget.IsKnown ? budget.WaitFor(next.Spending, now) : FeelOut(now);
        if (pause == TimeSpan.Zero)
            return true;
        wake.Change(pause + TimerGrain, Timeout.InfiniteTimeSpan);
        return false;
    }

    TimeSpan FeelOut(DateTimeOffset now)
    {
        var due = (firstCall ?? now) + running * FeelingOut;
        return due > now ? due - now : TimeSpan.Zero;
    }

    Turn Grant(Waiting next, DateTimeOffset now)
    {
        waiting.Dequeue();
        budget.Take(next.Spending);
        spent += next.Spending;
        var turn = new Turn(this, next, spent, now);
        firstCall ??= now;
        lastCall = now;
        running++;
        return turn;
    }
}
