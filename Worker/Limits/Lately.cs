namespace OpenAIWorker.Limits;

/// <summary>The amount of something in the recent past. Not thread-safe.</summary>
/// <param name="slot">The resolution of time.</param>
/// <param name="slots">The number of slots.</param>
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
/// <param name="Tokens">Estimated tokens of the last minute.</param>
/// <param name="Refused">Calls of the last hour that the provider refused because of a rate limit.</param>
readonly record struct LimitUse(double Requests, double Tokens, double Refused);
