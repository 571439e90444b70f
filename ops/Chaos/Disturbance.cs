namespace OpenAIWorker.Chaos;

/// <summary>What was done to the system under test, and when.</summary>
/// <param name="At">When it began.</param>
/// <param name="Until">When it ended.</param>
/// <param name="What">The description.</param>
/// <param name="Victim">The worker that was killed, if any.</param>
sealed record Disturbance(DateTimeOffset At, DateTimeOffset Until, string What, string? Victim)
{
    /// <summary>Whether the database was disturbed.</summary>
    public bool IsOfDatabase { get; init; }

    /// <summary>Whether it could affect a call that began then and takes at most this long.</summary>
    public bool Meets(DateTimeOffset call, TimeSpan timeout) => Until >= call && At - call <= timeout;
}
