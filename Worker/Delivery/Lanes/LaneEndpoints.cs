using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Broker;

namespace OpenAIWorker.Delivery.Lanes;

/// <summary>Consumers that come and go while the bus runs.</summary>
static class LaneEndpoints
{
    public static ILaneFeed Connect(IServiceProvider services, string operation, LaneOpened opened) =>
        services.GetRequiredService<IOptions<BrokerOptions>>().Value.IsEmbedded
            ? services.GetRequiredService<EmbeddedLanes>().Open(opened)
            : services.GetRequiredService<LaneChannels>().Of(operation).Open(opened);
}
