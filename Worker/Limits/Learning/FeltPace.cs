namespace OpenAIWorker.Limits.Learning;

/// <summary>
/// A limit that the provider shows by refusals alone. At each of them the provider has nothing left, so what it
/// accepted between two of them is the limit of that time. From there it is tried with more, the slower the more
/// exactly it is known. Not thread-safe: its <see cref="Budget"/> locks.
/// </summary>
sealed class FeltPace
{
    const int Remembered = 4;

    // Older refusals say what the limit was, not what it is.
    static readonly TimeSpan Recent = TimeSpan.FromSeconds(10);

    // By what it is tried with more after so much use, in seconds of the limit.
    const double Trial = 35;

    // The first time, of a limit whose burst is not known either.
    const double FirstTrial = 6;

    // With so much more before the refusal than was accepted on average, the limit is somewhere in between.
    const double Doubtful = 1.5;
    const double MostUnsure = 0.3;
    const double LeastUnsure = 0.004;

    // By how much less at least after a refusal, and where some of the limit was left unused before it.
    const double Step = 0.99;
    const double StepAfterRest = 0.9;
    const double LargestStep = 0.25;

    // Never less than one such call a minute.
    const double LeastCalls = 1.0 / 60;

    readonly List<Mark> marks = [];
    double accepted;
    double acceptedBefore;
    double pace;
    double unsure;
    double trial;
    int replicas = 1;

    public bool IsFelt => pace > 0;

    /// <summary>This process's part, as it is tried now.</summary>
    public double PerSecond => !IsFelt ? 0
        : pace * (1 + unsure * Math.Pow((accepted - acceptedBefore) / (pace * trial), 3));

    /// <summary>A call begins; a negative amount: it was not made.</summary>
    /// <param name="amount">What it uses.</param>
    /// <param name="burst">How much of a limit is taken to be there at the start.</param>
    /// <param name="now">The time.</param>
    public void Spend(double amount, TimeSpan burst, DateTimeOffset now)
    {
        // Until a refusal the marks only follow the time, since what was used an hour ago says nothing.
        if (!IsFelt && (marks.Count == 0 || now - marks[^1].At > Recent))
        {
            marks.Add(new(now - burst, accepted, 0));
            marks.RemoveRange(0, Math.Max(0, marks.Count - 2));
        }
        accepted += amount;
    }

    /// <summary>A call was refused, and what it would have used is given back.</summary>
    /// <param name="amount">What it would have used.</param>
    /// <param name="granted">When it began. One from before the last refusal tells nothing more.</param>
    /// <param name="unused">What was left unused of the pace so far.</param>
    /// <param name="now">The time.</param>
    public void Refused(double amount, DateTimeOffset granted, double unused, DateTimeOffset now)
    {
        if (marks.Count == 0)
            return;
        var last = marks[^1];
        if (IsFelt && granted <= last.At)
        {
            acceptedBefore -= amount;
            marks[^1] = last with { Accepted = last.Accepted - amount };
            return;
        }
        var (isFirst, before) = (!IsFelt, PerSecond);
        pace = Math.Max(amount * LeastCalls, isFirst ? marks.Max(Since)
            : unused > last.Unused ? before * StepAfterRest
            : Math.Clamp(marks.Where(mark => mark == last || now - mark.At < Recent && mark.Unused == unused)
                .Min(Since), before * LargestStep, before * Step));
        unsure = Math.Clamp(amount / Math.Max(amount, accepted - last.Accepted), LeastUnsure, MostUnsure);
        trial = (isFirst || before > pace * Doubtful ? FirstTrial : Trial) * replicas;
        acceptedBefore = accepted;
        if (isFirst)
            marks.Clear();
        marks.Add(new(now, accepted, unused));
        if (marks.Count > Remembered)
            marks.RemoveAt(0);

        double Since(Mark mark) => (accepted - mark.Accepted + amount / 2) / (now - mark.At).TotalSeconds;
    }

    /// <summary>So many processes share the limit now, and all of them try.</summary>
    public void Divide(int among)
    {
        pace *= (double)replicas / among;
        replicas = among;
    }

    /// <param name="At">When the provider had nothing left.</param>
    /// <param name="Accepted">What it had accepted by then.</param>
    /// <param name="Unused">What had been left unused by then.</param>
    readonly record struct Mark(DateTimeOffset At, double Accepted, double Unused);
}
