using OpenAIWorker.Jobs;

namespace OpenAIWorker.Upstream;

/// <summary>
/// Whom a job waits for at the moment. When its time runs out, the failure names the party that was slow: the provider,
/// unless somebody else was in turn. A store has time limits of its own, and takes nothing of the job's: a call that is
/// begun with what is left of it would be paid for and cut.
/// </summary>
sealed class PartyInTurn(CancellationTokenSource time, TimeSpan timeout, DateTimeOffset? deadline, TimeProvider clock)
{
    static readonly AsyncLocal<PartyInTurn?> Current = new();

    readonly Lock guard = new();
    volatile Func<TimeSpan, Failure>? slow;
    DateTimeOffset end = clock.GetUtcNow() + timeout;
    DateTimeOffset pausedAt;
    int pauses;

    /// <summary>A job begins, and so does this flow of tasks.</summary>
    /// <param name="time">Ends with the job's time.</param>
    /// <param name="timeout">How long that is.</param>
    /// <param name="deadline">When it ends, whichever party is waited for.</param>
    /// <param name="clock">The time.</param>
    public static PartyInTurn Begin(CancellationTokenSource time, TimeSpan timeout, DateTimeOffset? deadline,
        TimeProvider clock) =>
        Current.Value = new(time, timeout, deadline, clock);

    /// <summary>From now on the job waits for somebody who is not the provider.</summary>
    /// <param name="slow">The failure, should the job's time of this length run out.</param>
    /// <param name="isTimed">Whether that somebody has time limits of its own.</param>
    public static Turn Is(Func<TimeSpan, Failure> slow, bool isTimed = false)
    {
        var party = Current.Value;
        var before = party?.slow;
        if (party is not null)
            party.slow = slow;
        if (isTimed)
            party?.Pause();
        return new(party, before, isTimed);
    }

    /// <summary>Null: it was the provider.</summary>
    public Failure? Slow() => slow?.Invoke(timeout);

    void Pause()
    {
        lock (guard)
        {
            if (pauses++ > 0)
                return;
            pausedAt = clock.GetUtcNow();
            EndAt(deadline);
        }
    }

    void Resume()
    {
        lock (guard)
        {
            if (--pauses > 0)
                return;
            end += clock.GetUtcNow() - pausedAt;
            EndAt(deadline < end ? deadline : end);
        }
    }

    void EndAt(DateTimeOffset? then)
    {
        try
        {
            time.CancelAfter(then is null
                ? Timeout.InfiniteTimeSpan
                : then.Value - clock.GetUtcNow() is { Ticks: > 0 } left
                ? left
                : TimeSpan.Zero);
        }
        catch (ObjectDisposedException)
        {
            // The job is over, and somebody lets go of what it held.
        }
    }

    /// <summary>Ended by hand: what unwinds because the time is over must not forget whose turn it was.</summary>
    public readonly struct Turn(PartyInTurn? party, Func<TimeSpan, Failure>? before, bool isTimed)
    {
        public void Done()
        {
            if (party is null)
                return;
            party.slow = before;
            if (isTimed)
                party.Resume();
        }
    }
}
