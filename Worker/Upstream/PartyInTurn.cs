using OpenAIWorker.Jobs;

namespace OpenAIWorker.Upstream;

/// <summary>
/// The party for which a job waits at the moment. When the job's time ends, the failure names that party: the provider,
/// unless the job waits for another one. A store has its own time limits and uses none of the job's time: a call that
/// starts with the rest of that time would be paid for and aborted.
/// </summary>
sealed class PartyInTurn(CancellationTokenSource time, TimeSpan timeout, DateTimeOffset? deadline, TimeProvider clock)
{
    static readonly AsyncLocal<PartyInTurn?> Current = new();

    readonly Lock guard = new();
    volatile Func<TimeSpan, Failure>? slow;
    DateTimeOffset end = clock.GetUtcNow() + timeout;
    DateTimeOffset pausedAt;
    int pauses;

    /// <summary>Begins a job and its flow of tasks.</summary>
    /// <param name="time">Cancelled when the job's time ends.</param>
    /// <param name="timeout">The length of this time.</param>
    /// <param name="deadline">When it ends, whichever party the job waits for.</param>
    /// <param name="clock">The clock.</param>
    public static PartyInTurn Begin(CancellationTokenSource time, TimeSpan timeout, DateTimeOffset? deadline,
        TimeProvider clock) =>
        Current.Value = new(time, timeout, deadline, clock);

    /// <summary>From now on the job waits for another party than the provider.</summary>
    /// <param name="slow">The failure if the job's time, which has this length, ends.</param>
    /// <param name="isTimed">Whether that party has its own time limits.</param>
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

    /// <summary>Null: it waited for the provider.</summary>
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
            // The job is over, and its resources are disposed.
        }
    }

    /// <summary>
    /// Ended explicitly, not disposed: when an exception unwinds because the time is over, the current party must stay
    /// known.
    /// </summary>
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
