namespace OpenAIWorker.Bench.Soak;

/// <summary>What the worker holds at one moment, and what it has done so far.</summary>
/// <param name="At">The time since the beginning.</param>
/// <param name="Published">Published jobs.</param>
/// <param name="Ended">Ended jobs.</param>
/// <param name="Memory">Memory, in bytes.</param>
/// <param name="Handles">Open files and sockets.</param>
/// <param name="Threads">Threads.</param>
sealed record Held(TimeSpan At, int Published, int Ended, long Memory, int Handles, int Threads)
{
    // The garbage collector may lag. Anything that leaks with the backlog or with the jobs grows by more than this.
    const double MostGrowth = 1.2;

    public int Backlog => Published - Ended;

    /// <summary>The medians of several moments.</summary>
    public static Held Median(IReadOnlyList<Held> some) => some[^1] with
    {
        Memory = (long)Rank.Median(some.Select(held => (double)held.Memory)),
        Handles = (int)Rank.Median(some.Select(held => (double)held.Handles)),
        Threads = (int)Rank.Median(some.Select(held => (double)held.Threads)),
    };

    /// <summary>Whether it holds no more than before.</summary>
    public bool IsFlatSince(Held earlier) =>
        Memory <= earlier.Memory * MostGrowth && Handles <= earlier.Handles * MostGrowth
            && Threads <= earlier.Threads * MostGrowth;

    public IReadOnlyList<string> Row() =>
        [$"{At.TotalMinutes:0}", $"{Ended}", $"{Backlog}", $"{Memory / 1e6:0}", $"{Handles}", $"{Threads}"];
}
