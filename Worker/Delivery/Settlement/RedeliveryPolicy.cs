using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Delivery.Settlement;

/// <summary>Judges failures. A pure function: time and chance are parameters.</summary>
static class RedeliveryPolicy
{
    /// <summary>Separates the worker's own sentence from the cause, in which a provider may write anything.</summary>
    public const string Cause = " The cause: ";

    const double LargestJitter = 0.25;

    // Enough to reach the longest delay from any first one, without overflowing a TimeSpan.
    const int MostDoublings = 20;

    // A wait until the end of the job's age may end a moment later, because the ladder has whole seconds.
    static readonly TimeSpan Lateness = TimeSpan.FromSeconds(2);

    // Leaves room for one moment more.
    static readonly DateTimeOffset Never = DateTimeOffset.MaxValue.AddTicks(-1);

    // The shortest delay of the delay ladder and the in-memory timers.
    static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <param name="chance">From 0 to 1. Jitter only adds: a provider's Retry-After is a minimum.</param>
    public static Verdict Judge(Failure failure, Job job, DateTimeOffset now, double chance, DeliveryOptions options)
    {
        if (failure.Kind == FailureKind.Permanent)
            return new Verdict.GiveUp(failure);
        var countsAsAttempt = failure.Kind == FailureKind.Transient;
        if (countsAsAttempt && job.Attempts >= job.MaxAttempts(options))
            return new Verdict.GiveUp(failure);

        var delay = DelayAfter(failure, countsAsAttempt ? job.Attempts : job.Waits + 1, chance, options);
        return Overdue(failure, job, now + delay, options) is { } over
            ? new Verdict.GiveUp(over)
            : new Verdict.TryAgain(failure, delay, countsAsAttempt);
    }

    /// <summary>Why a job's next step would be too late; null if it is in time.</summary>
    public static Failure? Overdue(Suspension suspension, Job job, DateTimeOffset now, DeliveryOptions options) =>
        Overdue(new Failure(FailureKind.Permanent, suspension.Code, suspension.Message), job, now + suspension.Delay,
            options);

    /// <summary>When the job must have ended: its own deadline, or the maximum age of a job without a call.</summary>
    public static DateTimeOffset EndOf(Job job, DeliveryOptions options)
    {
        var oldest = job.State is null && job.Born < Never - options.MaxAge - Lateness
            ? job.Born + options.MaxAge + Lateness
            : Never;
        return job.Request.Deadline is { } deadline && deadline < oldest ? deadline : oldest;
    }

    /// <summary>
    /// Why a job that is delivered, or waits, is not called any more; null if it may be. A job on which the provider
    /// already works has had its call.
    /// </summary>
    public static Failure? Expired(Job job, DateTimeOffset now, DeliveryOptions options)
    {
        if (now > job.Request.Deadline)
            return OverAt(job.Request.Deadline.Value, FailureCodes.DeadlineExceeded, options);
        return job.State is null && now - job.Born > options.MaxAge + Lateness
            ? OverAt(now, FailureCodes.WaitedTooLong, options)
            : null;
    }

    /// <summary>The failure of a job whose time is over, whatever this worker's clock shows.</summary>
    public static Failure AtEnd(Job job, DeliveryOptions options) =>
        EndOf(job, options) is var end && end == job.Request.Deadline
        ? OverAt(end, FailureCodes.DeadlineExceeded, options)
        : OverAt(end, FailureCodes.WaitedTooLong, options);

    /// <summary>The failure of a job that ended at this time, because of its deadline or its age.</summary>
    public static Failure OverAt(DateTimeOffset end, string? code, DeliveryOptions options) =>
        code == FailureCodes.DeadlineExceeded
        ? new(FailureKind.Permanent, FailureCodes.DeadlineExceeded,
            $"The job's deadline of {MomentText.Of(end)} passed while it waited.", Remedy.Sender)
        : new(FailureKind.Permanent, FailureCodes.WaitedTooLong,
            $"The job has waited longer than {options.MaxAge} (Delivery:MaxAge).", Remedy.Operator);

    /// <summary>The failure of a job whose <c>notBefore</c> is after its end.</summary>
    public static Failure NeverDue(Job job) => new(FailureKind.Permanent, FailureCodes.DeadlineExceeded,
        $"The job's notBefore, {MomentText.Of(job.Request.NotBefore)}, is after its deadline of "
            + $"{MomentText.Of(job.Request.Deadline)}.",
        Remedy.Sender)
    { Member = "notBefore" };

    static Failure? Overdue(Failure failure, Job job, DateTimeOffset due, DeliveryOptions options)
    {
        if (due > job.Request.Deadline)
            return TooLate(failure, due, job.Request.Deadline.Value);
        return due - job.Born > options.MaxAge ? TooOld(failure, options.MaxAge) : null;
    }

    static TimeSpan DelayAfter(Failure failure, int times, double chance, DeliveryOptions options)
    {
        var backOff = options.FirstDelay * Math.Pow(2, Math.Min(times - 1, MostDoublings));
        if (backOff > options.MaxDelay)
            backOff = options.MaxDelay;
        // A rate limit's own Retry-After decides, but 0 must not cause one call per second for a day.
        var floor = failure switch
        {
            { Kind: FailureKind.Throttled, RetryAfter: { } wish } when wish >= options.FirstDelay => wish,
            { RetryAfter: { } wish } when wish > backOff => wish,
            _ => backOff,
        };
        return (floor > Shortest ? floor : Shortest) * (1 + LargestJitter * chance);
    }

    static Failure TooLate(Failure failure, DateTimeOffset due, DateTimeOffset deadline) => failure with
    {
        Code = FailureCodes.DeadlineExceeded,
        Kind = FailureKind.Permanent,
        Remedy = Remedy.Sender,
        Message =
            $"The next attempt would be at {MomentText.Of(due)}, after the job's deadline of {MomentText.Of(deadline)}."
                + $"{Cause}{failure.Message}",
    };

    static Failure TooOld(Failure failure, TimeSpan maxAge) => failure with
    {
        Code = FailureCodes.WaitedTooLong,
        Kind = FailureKind.Permanent,
        Remedy = Remedy.Operator,
        Message = $"The job would wait longer than {maxAge} (Delivery:MaxAge).{Cause}{failure.Message}",
    };
}
