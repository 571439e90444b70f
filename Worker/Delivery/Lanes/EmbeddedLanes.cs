using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;

namespace OpenAIWorker.Delivery.Lanes;

/// <summary>
/// The lanes of the embedded transport: gates that let through as many jobs as are wanted. The others stay in memory.
/// There are at most <c>Limits:MaxGroups</c> lanes, and they end with the process.
/// </summary>
sealed class EmbeddedLanes(IHostApplicationLifetime host) : ILaneFeeds
{
    readonly ConcurrentDictionary<string, LaneGate> gates = new();

    /// <summary>The gate of a lane, which is closed until it is opened.</summary>
    public LaneGate Of(string lane) => gates.GetOrAdd(lane, _ => new(host.ApplicationStopping));

    public ILaneFeed Open(string operation, LaneOpened opened)
    {
        var gate = Of(opened.Queue);
        gate.Open(opened.Prefetch);
        return new Feed(gate);
    }

    sealed class Feed(LaneGate gate) : ILaneFeed
    {
        public Task Ready => Task.CompletedTask;

        public Task Stop()
        {
            gate.Open(0);
            return Task.CompletedTask;
        }
    }
}
