namespace OpenAIWorker.Delivery.Lanes;

/// <summary>Said by a worker to all others: this lane has jobs, take your part of them.</summary>
/// <param name="Queue">The lane's name.</param>
/// <param name="Prefetch">How many of its jobs a worker takes at once.</param>
sealed record LaneOpened(string Queue, int Prefetch)
{
    /// <summary>Which lanes it takes turns with: those of one limit.</summary>
    public string? Round { get; init; }

    /// <summary>How many turns it has for each one of the others.</summary>
    public int Weight { get; init; } = 1;
}
