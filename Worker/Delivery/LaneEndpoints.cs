using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Delivery;

/// <summary>Consumers that come and go while the bus runs.</summary>
static class LaneEndpoints
{
    public static ILaneFeed Connect(IServiceProvider services, string operation, LaneOpened opened) =>
        services.GetRequiredService<IOptions<BrokerOptions>>().Value.IsEmbedded
            ? new EndpointFeed(services.GetRequiredService<IReceiveEndpointConnector>().ConnectReceiveEndpoint(opened.Queue, (context, endpoint) =>
            {
                // It is fed by workers alone: bound to the request's exchange it would get every job a second time.
                endpoint.ConfigureConsumeTopology = false;
                BusEndpoints.Consume(context, endpoint, OperationCatalog.Named(operation)!, opened.Prefetch);
            }))
            : services.GetRequiredService<LaneChannels>().Of(operation).Open(opened);

    sealed class EndpointFeed(HostReceiveEndpointHandle endpoint) : ILaneFeed
    {
        public Task Ready => endpoint.Ready;

        public Task Stop() => endpoint.StopAsync();
    }
}
