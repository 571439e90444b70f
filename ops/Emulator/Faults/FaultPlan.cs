namespace OpenAIWorker.Emulator.Faults;

/// <summary>What will happen to one call, decided before it runs.</summary>
sealed record FaultPlan(TimeSpan Delay, Fault? Ending = null, TimeSpan? RetryAfter = null)
{
    public static readonly FaultPlan None = new(TimeSpan.Zero);

    /// <summary>The faults in which OpenAI never did the work, so nobody pays for it.</summary>
    public bool PreventsWork => Ending is { Kind: FaultKind.Cut or FaultKind.Status or FaultKind.Html };
}
