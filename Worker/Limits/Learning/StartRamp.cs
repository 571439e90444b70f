namespace OpenAIWorker.Limits.Learning;

/// <summary>
/// The first calls to a provider that tells no limits: twice as many a second each half second, so that the first
/// refusal is of one call, not of all.
/// </summary>
sealed class StartRamp
{
    const double First = 10;
    const int Enough = 2_000;
    static readonly TimeSpan Doubling = TimeSpan.FromSeconds(0.5);
    static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(50);

    DateTimeOffset begun;
    int calls;

    public TimeSpan WaitFor(DateTimeOffset now) =>
        calls is > 0 and < Enough && begun + Due is var due && due > now ? due - now : TimeSpan.Zero;

    /// <summary>A call begins.</summary>
    public void Begin(DateTimeOffset now)
    {
        if (calls >= Enough)
            return;
        if (calls == 0)
            begun = now;
        // Calls that did not come are not caught up with.
        else if (now - begun - Due is var late && late > Slack)
            begun += late - Slack;
        calls++;
    }

    /// <summary>The limit is told or felt.</summary>
    public void End() => calls = Enough;

    TimeSpan Due => Doubling * Math.Log2(1 + calls * Math.Log(2) / (First * Doubling.TotalSeconds));
}
