using OpenAIWorker.Delivery.Lanes;

namespace OpenAIWorker.Tests.Delivery.Lanes;

/// <summary>A lane of <see cref="LaneScene"/> while it is consumed.</summary>
sealed class SceneFeed(int prefetch) : ILaneFeed
{
    public int Prefetch => prefetch;

    public bool IsStopped { get; private set; }

    public Task Ready => Task.CompletedTask;

    public Task Stop()
    {
        IsStopped = true;
        return Task.CompletedTask;
    }
}
