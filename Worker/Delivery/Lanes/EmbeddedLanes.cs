using System.Collections.Concurrent;
using MassTransit;
using Microsoft.Extensions.Hosting;

namespace OpenAIWorker.Delivery.Lanes;

/// <summary>
/// The lanes of the embedded transport. Its queues lose messages that are sent before their first consumer starts, and
/// messages on their way to a consumer that stops. So a lane is connected once, before its first job, and a gate lets
/// through as many jobs as are wanted; the others stay in memory, like the queue. A lane stays connected when it is no
/// longer consumed, because a job that is being sent would be lost. There are at most <c>Limits:MaxGroups</c> lanes,
/// and they end with the process.
/// </summary>
sealed class EmbeddedLanes(IHostApplicationLifetime host) : ILaneFeeds
{
    readonly ConcurrentDictionary<string, Lazy<Entrance>> lanes = new();
    Func<string, LaneGate, HostReceiveEndpointHandle>? connect;

    /// <summary>Sets how a lane is connected to the bus, which is created later.</summary>
    public void Use(Func<string, LaneGate, HostReceiveEndpointHandle> connector) => connect = connector;

    /// <summary>Completes when the lane can receive jobs.</summary>
    public Task Ready(string lane) => Of(lane).Ready;

    public ILaneFeed Open(string operation, LaneOpened opened) => Of(opened.Queue).Open(opened.Prefetch);

    Entrance Of(string lane) => lanes.GetOrAdd(lane, name => new(() => Connect(name))).Value;

    Entrance Connect(string lane)
    {
        var gate = new LaneGate(host.ApplicationStopping);
        return new(gate, connect!(lane, gate));
    }

    sealed class Entrance(LaneGate gate, HostReceiveEndpointHandle endpoint)
    {
        public Task Ready => endpoint.Ready;

        public Feed Open(int atOnce)
        {
            gate.Open(atOnce);
            return new Feed(gate, endpoint.Ready);
        }
    }

    sealed class Feed(LaneGate gate, Task ready) : ILaneFeed
    {
        public Task Ready => ready;

        public Task Stop()
        {
            gate.Open(0);
            return Task.CompletedTask;
        }
    }
}
