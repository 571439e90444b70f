using OpenAIWorker.Limits.Estimates;
using OpenAIWorker.Limits.Learning;
using OpenAIWorker.Upstream.Headers;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Limits;

/// <summary>
/// The knowledge about a limit: from settings, operators, the provider's headers, answers and refusals. Not
/// thread-safe: its <see cref="LimitGroup"/> locks.
/// </summary>
sealed class LearntLimit(LimitsOptions options, LimitGroupOptions? known, Func<double> chance)
{
    const double Halved = 0.5;
    const double Recovery = 1.1;
    static readonly TimeSpan RecoveryEvery = TimeSpan.FromSeconds(30);

    // While nothing is known: one call, and one more for each of these intervals without an answer.
    static readonly TimeSpan FeelingOut = TimeSpan.FromMilliseconds(250);

    // The first calls include connecting: the values in their answers are at most this old.
    static readonly TimeSpan Cold = TimeSpan.FromSeconds(2);
    static readonly TimeSpan Connecting = TimeSpan.FromSeconds(0.5);

    static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    const int FarCalls = 64;

    readonly Budget budget = new(options, known, chance);
    readonly Calibration calibration = new();
    readonly Calibration roughCalibration = new();
    readonly CoolDown coolDown = new();
    readonly CoolDown flex = new();
    readonly StartRamp start = new();
    readonly ConcurrencyWindow window = new(options.MinConcurrency, options.MaxConcurrency);
    DateTimeOffset slowedAt;
    DateTimeOffset? firstCall;
    DateTimeOffset lastCall;
    bool isProven;

    /// <summary>For all replicas together, per minute; 0 if there is none.</summary>
    public (double Requests, double Tokens) PerMinute => budget.PerMinute;

    /// <summary>The limit of tokens in the settings or from the provider, per minute; 0 if none.</summary>
    public double StatedTokens => budget.StatedTokens;

    /// <summary>Whether the number of a call's tokens matters.</summary>
    public bool CountsTokens => budget.CountsTokens;

    /// <summary>Whether the limit or a refusal delays calls, not only other calls.</summary>
    public bool HoldsBack => budget.IsLimited || coolDown.IsRamping;

    /// <summary>The same for calls that wait together: a limit that is far away delays none of them.</summary>
    public bool HoldsBackAll(Spending waiting, DateTimeOffset now) =>
        coolDown.IsRamping || coolDown.Left(now) > TimeSpan.Zero
            || budget.WaitBehind(waiting, Spending.Nothing, now) > TimeSpan.Zero;

    /// <summary>How many calls may run at once.</summary>
    public int MostAtOnce => Math.Min(window.Size, coolDown.Ramp);

    /// <summary>How long the provider wants no calls.</summary>
    public TimeSpan Pause(DateTimeOffset now) => coolDown.Left(now);

    /// <summary>How long the provider has no spare capacity for calls of the tier flex.</summary>
    public TimeSpan FlexPause(DateTimeOffset now) => flex.Left(now);

    /// <summary>Whether it can be dropped without loss: the provider has answered no calls, or none for long.</summary>
    public bool IsForgettable(DateTimeOffset now) =>
        coolDown.Left(now) == TimeSpan.Zero && flex.Left(now) == TimeSpan.Zero
            && (!isProven || now - lastCall > Remembered);

    /// <summary>Which part of this process's share was used in a time.</summary>
    public double Utilization(Spending spent, TimeSpan time) => budget.Utilization(spent, time);

    /// <inheritdoc cref="LimitGroup.SpendingOf"/>
    public Spending SpendingOf(TokenEstimate estimate)
    {
        var spending = CalibrationOf(estimate).SpendingOf(estimate);
        return budget.PerMinute.Tokens is > 0 and var most && spending.Tokens > most
            ? spending with { Tokens = most }
            : spending;
    }

    /// <inheritdoc cref="LimitGroup.IsFarFor"/>
    public bool IsFarFor(TokenEstimate rough, DateTimeOffset now) =>
        budget.StatedTokens == 0 || budget.HasTokens(roughCalibration.SpendingOf(rough).Tokens * FarCalls, now);

    /// <summary>How long a call must wait behind those that wait already.</summary>
    /// <param name="others">What the waiting calls will spend.</param>
    /// <param name="waiting">Their number.</param>
    /// <param name="running">The number of running calls.</param>
    /// <param name="spending">What the call will spend.</param>
    /// <param name="now">The time.</param>
    public TimeSpan WaitBehind(Spending others, int waiting, int running, Spending spending, DateTimeOffset now)
    {
        var pause = coolDown.Left(now);
        var left = budget.WaitBehind(others, spending, now);
        var room = running < window.Size ? TimeSpan.Zero : window.WaitBehind(waiting);
        return TimeSpan.FromTicks(Math.Max(Math.Max(pause.Ticks, left.Ticks), room.Ticks));
    }

    /// <summary>How long the next call must wait, if there is a free slot.</summary>
    public TimeSpan WaitFor(Spending spending, int running, DateTimeOffset now)
    {
        var pause = coolDown.Left(now);
        if (pause > TimeSpan.Zero)
            return pause;
        if (!budget.IsKnown)
            return FeelOut(running, now);
        var (first, left) = (budget.MayHaveUntold ? start.WaitFor(now) : TimeSpan.Zero, budget.WaitFor(spending, now));
        return first > left ? first : left;
    }

    /// <summary>What was learnt from the provider stays.</summary>
    public void Change(LimitsOptions changed, LimitGroupOptions? said, DateTimeOffset now)
    {
        budget.Change(changed, said, now);
        window.Change(changed.MinConcurrency, changed.MaxConcurrency);
    }

    public void Divide(int replicas, DateTimeOffset now) => budget.Divide(replicas, now);

    /// <summary>A call begins.</summary>
    public void Begin(Spending spending, DateTimeOffset now)
    {
        budget.Take(spending, now);
        start.Begin(now);
        firstCall ??= now;
        lastCall = now;
    }

    /// <summary>No call was made.</summary>
    public void GiveBack(Spending spending, DateTimeOffset now) => budget.GiveBack(spending, now);

    /// <summary>An answer shows the state of the limit.</summary>
    /// <param name="told">Its values.</param>
    /// <param name="since">What was spent since its call began.</param>
    /// <param name="granted">When its call began.</param>
    /// <param name="now">The time.</param>
    public void Follow(RateLimitHeaders told, Spending since, DateTimeOffset granted, DateTimeOffset now) =>
        budget.Follow(told, since, Age(granted, now), now);

    public void Refused(RateLimitLease lease, CallEnd end, DateTimeOffset now)
    {
        if (end.Charge is { } charge)
            CalibrationOf(lease.Estimate).Refused(lease.Estimate, charge);
        // The call did not run: its tokens are not used, but its request is.
        if (!lease.IsSettled)
            budget.GiveBackTokens(lease.Spending.Tokens, now);
        var isFelt = false;
        if (end is { AsksForLess: false, IsFlex: false })
        {
            start.End();
            isFelt = !lease.IsSettled && budget.Refused(end.Refusal, lease.Spending, lease.Granted, now);
        }
        // A pace that is felt holds back by itself, also where calls take long.
        (end.IsFlex ? flex : coolDown).Refused(end.RetryAfter, now, ramps: !isFelt);
        if (end is { AsksForLess: true, IsFlex: false } && now - slowedAt > RecoveryEvery)
        {
            budget.Slow(budget.Slowness * Halved, now);
            slowedAt = now;
        }
    }

    public void Answered(RateLimitLease lease, CallEnd end, int running, bool hasWaiting, DateTimeOffset now)
    {
        if (end.Took is not { } took)
            return;
        isProven = true;
        coolDown.Answered(lease.Granted);
        if (end.IsFlex)
            flex.Answered(lease.Granted);
        window.Answered(took, running, isFull: hasWaiting && running >= window.Size);
        if (end.InputTokens is { } input and > 0 && lease.Estimate.Input > 0)
        {
            CalibrationOf(lease.Estimate).Counted(lease.Estimate, input);
            // Where no header tells what is left, this does.
            if (!lease.IsSettled)
                budget.GiveBackTokens(lease.Spending.Tokens - input - lease.Estimate.Output, now);
        }
        if (budget.Slowness < 1 && now - slowedAt > RecoveryEvery)
        {
            budget.Slow(Math.Min(1, budget.Slowness * Recovery), now);
            slowedAt = now;
        }
    }

    Calibration CalibrationOf(TokenEstimate estimate) => estimate.IsRough ? roughCalibration : calibration;

    TimeSpan Age(DateTimeOffset granted, DateTimeOffset now)
    {
        var took = now - granted;
        if (granted - firstCall >= Cold)
            return took;
        return took > Connecting ? took - Connecting : TimeSpan.Zero;
    }

    TimeSpan FeelOut(int running, DateTimeOffset now)
    {
        var due = (firstCall ?? now) + running * FeelingOut;
        return due > now ? due - now : TimeSpan.Zero;
    }
}
