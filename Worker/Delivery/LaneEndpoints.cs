using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Delivery;

/// <summary>Consumers that come and go while the bus runs.</summary>
static class LaneEndpoints
{
    public static HostReceiveEndpointHandle Connect(IServiceProvider services, string operation, LaneOpened opened) =>
        services.GetRequiredService<IReceiveEndpointConnector>().ConnectReceiveEndpoint(opened.Queue, (context, endpoint) =>
        {
            // It is fed by workers alone: bound to the request's exchange it would get every job a second time.
            endpoint.ConfigureConsumeTopology = false;
            if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit)
            {
                foreach (var (name, value) in QueueArguments.Lane(context.GetRequiredService<IOptions<BrokerOptions>>().Value.Quorum))
                    rabbit.SetQueueArgument(name, value);
            }
            BusEndpoints.Consume(context, endpoint, OperationCatalog.Named(operation)!, opened.Prefetch);
        });
}
