using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OpenAIWorker.Delivery.Topology;

namespace OpenAIWorker.Delivery.Lanes;

/// <summary>The channels that lanes are consumed on: one for each operation, that of its queue.</summary>
sealed class LaneChannels(LaneQueues queues, TimeProvider clock, ILogger<LaneChannel> logger) : ILaneFeeds
{
    readonly ConcurrentDictionary<string, LaneChannel> channels = new();

    public ILaneFeed Open(string operation, LaneOpened opened) => Of(operation).Open(opened);

    public LaneChannel Of(string operation) => channels.GetOrAdd(operation, _ => new(queues, clock, logger));
}
