namespace OpenAIWorker.Delivery.Lanes;

/// <summary>One lane on the channel of its operation.</summary>
sealed class LaneFeed(LaneOpened opened, LaneChannel lanes) : ILaneFeed
{
    readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    volatile bool isStopped;

    public LaneOpened Opened => opened;

    public Task Ready => ready.Task;

    public bool IsStopped => isStopped;

    /// <summary>The channel where it is consumed.</summary>
    public LaneChannel.Attachment? On { get; set; }

    /// <summary>Its consumer tag there.</summary>
    public string? Tag { get; set; }

    public void HasBegun() => ready.TrySetResult();

    public Task Stop()
    {
        isStopped = true;
        return lanes.Close(this);
    }

    public Task Cancelled() => isStopped ? Task.CompletedTask : lanes.Cancelled(this);
}
