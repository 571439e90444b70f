namespace OpenAIWorker.Delivery.Lanes;

/// <summary>Takes jobs from a lane until it is stopped.</summary>
interface ILaneFeed
{
    /// <summary>Completes when the queue exists and its jobs are delivered here.</summary>
    Task Ready { get; }

    /// <summary>Stops taking jobs; those that are here continue.</summary>
    Task Stop();
}
