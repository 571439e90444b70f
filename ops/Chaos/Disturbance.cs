namespace OpenAIWorker.Chaos;

/// <summary>What was done to the system under test.</summary>
/// <param name="At">When it began.</param>
/// <param name="Until">When it was done.</param>
/// <param name="What">In words.</param>
/// <param name="Victim">The worker that was killed, if one was.</param>
sealed record Disturbance(DateTimeOffset At, DateTimeOffset Until, string What, string? Victim)
{
    /// <summary>Whether it was the database that was disturbed.</summary>
    public bool IsOfDatabase { get; init; }

    /// <summary>Whether a call that began then, and may take so long, could be struck.</summary>
    public bool Meets(DateTimeOffset call, TimeSpan timeout) => Until >= call && At - call <= timeout;
}
