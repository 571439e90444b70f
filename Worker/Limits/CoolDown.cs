namespace OpenAIWorker.Limits;

/// <summary>
/// After a refusal no job of the group calls until the time that the provider asks for is over; then one does, as a
/// probe, and when that one is answered all others follow, twice as many at once with each answer.
/// </summary>
sealed class CoolDown
{
    static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    DateTimeOffset until;
    DateTimeOffset refusedAt;
    int refusals;

    /// <summary>
    /// How many calls may run at once just now, from 1 after a refusal; <see cref="int.MaxValue"/> when all is well.
    /// </summary>
    public int Ramp { get; private set; } = int.MaxValue;

    /// <summary>Whether calls are still held back after a refusal.</summary>
    public bool IsRamping => Ramp < int.MaxValue;

    public TimeSpan Left(DateTimeOffset now) => until > now ? until - now : TimeSpan.Zero;

    /// <param name="wish">How long the provider asked to be left alone; null: longer with each refusal in a
    /// row.</param>
    /// <param name="now">When the refusal came.</param>
    public void Refused(TimeSpan? wish, DateTimeOffset now)
    {
        var wait = wish ?? First * Math.Pow(2, Math.Min(refusals, 10));
        refusals++;
        refusedAt = now;
        if (wish is null && wait > Longest)
            wait = Longest;
        if (now + wait > until)
            until = now + wait;
        Ramp = 1;
    }

    /// <param name="granted">When the answered call began. One that ran before the refusal proves nothing.</param>
    public void Answered(DateTimeOffset granted)
    {
        if (granted <= refusedAt)
            return;
        refusals = 0;
        Ramp = Ramp > int.MaxValue / 2 ? int.MaxValue : Ramp * 2;
    }
}
