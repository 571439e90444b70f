namespace OpenAIWorker.Delivery.Lanes;

/// <summary>Consumes lanes, which are added and removed while the bus runs.</summary>
interface ILaneFeeds
{
    /// <summary>Takes jobs from a lane of the operation, until the feed is stopped.</summary>
    ILaneFeed Open(string operation, LaneOpened opened);
}
