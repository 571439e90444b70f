namespace OpenAIWorker.Delivery;

/// <summary>Said by a worker to all others: this lane has jobs, take your part of them.</summary>
/// <param name="Queue">The lane's name.</param>
/// <param name="Prefetch">How many of its jobs a worker takes at once.</param>
sealed record LaneOpened(string Queue, int Prefetch);
