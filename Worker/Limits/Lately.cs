namespace OpenAIWorker.Limits;

/// <summary>How much there was of something in the time that has just passed. Not thread-safe.</summary>
/// <param name="slot">How exactly it forgets.</param>
/// <param name="slots">How many of these it remembers.</param>
sealed class Lately(TimeSpan slot, int slots)
{
    readonly double[] amounts = new double[slots];
    long last;

    public void Add(double amount, DateTimeOffset now)
    {
        Forget(now);
        amounts[last % slots] += amount;
    }

    public double Sum(DateTimeOffset now)
    {
        Forget(now);
        return amounts.Sum();
    }

    void Forget(DateTimeOffset now)
    {
        var current = now.Ticks / slot.Ticks;
        for (var over = Math.Max(last + 1, current - slots + 1); over <= current; over++)
            amounts[over % slots] = 0;
        last = Math.Max(last, current);
    }
}

/// <summary>What this process has used of a limit.</summary>
/// <param name="Requests">Calls of the last minute.</param>
/// <param name="Tokens">Tokens of the last minute, as they were told ahead.</param>
/// <param name="Refused">Calls of the last hour that the provider refused for their rate.</param>
readonly record struct LimitUse(double Requests, double Tokens, double Refused);
