namespace OpenAIWorker.Bench.Limits;

/// <summary>A scenario that is measured on its own.</summary>
/// <param name="Letter">Selects it, and the scenarios of its group, on the command line.</param>
/// <param name="What">The description.</param>
/// <param name="Run">Measures one or more rows of the table.</param>
sealed record Scenario(string Letter, string What, Func<Site, CancellationToken, Task<IReadOnlyList<Figures>>> Run)
{
    /// <summary>The longest wait for the last job of a measurement.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(100);

    /// <summary>The steady part begins after this time.</summary>
    public static readonly TimeSpan Start = TimeSpan.FromSeconds(10);

    /// <summary>When a change in mid-run happens.</summary>
    public static readonly TimeSpan Middle = TimeSpan.FromSeconds(30);
}
