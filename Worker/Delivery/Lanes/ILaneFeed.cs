namespace OpenAIWorker.Delivery.Lanes;

/// <summary>Takes jobs from a lane until it is stopped.</summary>
interface ILaneFeed
{
    /// <summary>Completes when the queue is there and its jobs come here.</summary>
    Task Ready { get; }

    /// <summary>No more jobs are taken; those that are here go on.</summary>
    Task Stop();
}
