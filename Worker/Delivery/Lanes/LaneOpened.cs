namespace OpenAIWorker.Delivery.Lanes;

/// <summary>A message from a worker to all others: this lane has jobs, join it.</summary>
/// <param name="Queue">The lane's name.</param>
/// <param name="Prefetch">How many of its jobs a worker takes at once.</param>
sealed record LaneOpened(string Queue, int Prefetch)
{
    /// <summary>The limit whose lanes take turns with it.</summary>
    public string? Round { get; init; }

    /// <summary>The number of its turns for each turn of the others.</summary>
    public int Weight { get; init; } = 1;
}
