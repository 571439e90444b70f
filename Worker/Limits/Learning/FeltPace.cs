namespace OpenAIWorker.Limits.Learning;

/// <summary>
/// A limit that only the provider's refusals show. At a refusal nothing is left, so the calls accepted between two
/// refusals are the limit of that time. From there the worker tries more, in smaller steps the better the limit is
/// known. Not thread-safe: its <see cref="Budget"/> locks.
/// </summary>
sealed class FeltPace
{
    const int Remembered = 4;

    // Older refusals show the former limit, not the present one.
    static readonly TimeSpan Recent = TimeSpan.FromSeconds(10);

    // The step upwards after this much use, in seconds of the limit.
    const double Trial = 35;

    // The first step, when the burst of the limit is unknown too.
    const double FirstTrial = 6;

    // If the last calls before the refusal exceeded the average by this factor, the limit is between both.
    const double Doubtful = 1.5;
    const double MostUnsure = 0.3;
    const double LeastUnsure = 0.004;

    // The smallest step down after a refusal, and the one after a time in which some of the limit was unused.
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

    /// <summary>This process's share, as it is tried now.</summary>
    public double PerSecond => !IsFelt ? 0
        : pace * (1 + unsure * Math.Pow((accepted - acceptedBefore) / (pace * trial), 3));

    /// <summary>A call begins. A negative amount: it was not made.</summary>
    /// <param name="amount">The amount that it uses.</param>
    /// <param name="burst">The part of the limit that is assumed to be available at the start.</param>
    /// <param name="now">The time.</param>
    public void Spend(double amount, TimeSpan burst, DateTimeOffset now)
    {
        // Until a refusal the marks only follow the time, because use an hour ago says nothing.
        if (!IsFelt && (marks.Count == 0 || now - marks[^1].At > Recent))
        {
            marks.Add(new(now - burst, accepted, 0));
            marks.RemoveRange(0, Math.Max(0, marks.Count - 2));
        }
        accepted += amount;
    }

    /// <summary>A call was refused. What it would have used is given back.</summary>
    /// <param name="amount">What it would have used.</param>
    /// <param name="granted">When it began. A call from before the last refusal shows nothing new.</param>
    /// <param name="unused">The unused part of the pace so far.</param>
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

    /// <summary>The number of processes that share the limit now. All of them try more.</summary>
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
