namespace OpenAIWorker.Upstream;

/// <summary>
/// Whom a job waits for at the moment. When its time runs out, the failure names the party that was slow: the provider, unless somebody else
/// was in turn, such as a store or the host of an address.
/// </summary>
sealed class PartyInTurn
{
    static readonly AsyncLocal<PartyInTurn?> Current = new();

    volatile Func<TimeSpan, Failure>? slow;

    /// <summary>A job begins, and so does this flow of tasks.</summary>
    public static PartyInTurn Begin() => Current.Value = new();

    /// <summary>From now on the job waits for somebody who is not the provider.</summary>
    /// <param name="slow">The failure, should the job's time of this length run out.</param>
    public static Turn Is(Func<TimeSpan, Failure> slow)
    {
        var party = Current.Value;
        var before = party?.slow;
        if (party is not null)
            party.slow = slow;
        return new(party, before);
    }

    /// <summary>Null: it was the provider.</summary>
    public Failure? Slow(TimeSpan time) => slow?.Invoke(time);

    /// <summary>Ended by hand: what unwinds because the time is over must not forget whose turn it was.</summary>
    public readonly struct Turn(PartyInTurn? party, Func<TimeSpan, Failure>? before)
    {
        public void Done()
        {
            if (party is not null)
                party.slow = before;
        }
    }
}
