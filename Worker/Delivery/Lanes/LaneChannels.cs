using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OpenAIWorker.Delivery.Topology;

namespace OpenAIWorker.Delivery.Lanes;

/// <summary>The channels on which lanes are consumed: for each operation, the channel of its queue.</summary>
sealed class LaneChannels(LaneQueues queues, TimeProvider clock, ILogger<LaneChannel> logger) : ILaneFeeds
{
    readonly ConcurrentDictionary<string, LaneChannel> channels = new();

    public ILaneFeed Open(string operation, LaneOpened opened) => Of(operation).Open(opened);

    public LaneChannel Of(string operation) => channels.GetOrAdd(operation, _ => new(queues, clock, logger));
}
