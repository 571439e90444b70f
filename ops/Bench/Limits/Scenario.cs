namespace OpenAIWorker.Bench.Limits;

/// <summary>Something that is measured by itself.</summary>
/// <param name="Letter">Chooses it, and those that belong to it, on the command line.</param>
/// <param name="What">In words.</param>
/// <param name="Run">Makes one line of the table, or more.</param>
sealed record Scenario(string Letter, string What, Func<Site, CancellationToken, Task<IReadOnlyList<Figures>>> Run)
{
    /// <summary>No measurement waits longer for its last job.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(100);

    /// <summary>What is called steady begins after this time.</summary>
    public static readonly TimeSpan Start = TimeSpan.FromSeconds(10);

    /// <summary>When something happens in mid-run.</summary>
    public static readonly TimeSpan Middle = TimeSpan.FromSeconds(30);
}
