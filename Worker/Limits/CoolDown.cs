namespace OpenAIWorker.Limits;

/// <summary>
/// After a refusal no job of the group calls until the time that the provider asked for is over. Then one job calls as
/// a test. When it is answered, the others follow, twice as many at once with each answer.
/// </summary>
sealed class CoolDown
{
    static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    DateTimeOffset until;
    DateTimeOffset refusedAt;
    int refusals;

    /// <summary>
    /// How many calls may run at once: from 1 after a refusal, up to <see cref="int.MaxValue"/> in normal operation.
    /// </summary>
    public int Ramp { get; private set; } = int.MaxValue;

    /// <summary>Whether calls are still held back after a refusal.</summary>
    public bool IsRamping => Ramp < int.MaxValue;

    public TimeSpan Left(DateTimeOffset now) => until > now ? until - now : TimeSpan.Zero;

    /// <param name="wish">How long the provider asked for no calls; null: longer with each consecutive refusal.</param>
    /// <param name="now">When the refusal arrived.</param>
    /// <param name="ramps">Whether one call probes before the others follow.</param>
    public void Refused(TimeSpan? wish, DateTimeOffset now, bool ramps = true)
    {
        var wait = wish ?? First * Math.Pow(2, Math.Min(refusals, 10));
        refusals++;
        refusedAt = now;
        if (wish is null && wait > Longest)
            wait = Longest;
        if (now + wait > until)
            until = now + wait;
        if (ramps)
            Ramp = 1;
    }

    /// <param name="granted">When the answered call began. A call from before the refusal proves nothing.</param>
    public void Answered(DateTimeOffset granted)
    {
        if (granted <= refusedAt)
            return;
        refusals = 0;
        Ramp = Ramp > int.MaxValue / 2 ? int.MaxValue : Ramp * 2;
    }
}
