namespace OpenAIWorker.Emulator.Faults;

/// <summary>What will happen to one call, decided before it is processed.</summary>
sealed record FaultPlan(TimeSpan Delay, Fault? Ending = null, TimeSpan? RetryAfter = null)
{
    public static readonly FaultPlan None = new(TimeSpan.Zero);

    /// <summary>The faults in which OpenAI would not process the call, so it is not billed.</summary>
    public bool PreventsWork => Ending is { Kind: FaultKind.Cut or FaultKind.Status or FaultKind.Html };
}
