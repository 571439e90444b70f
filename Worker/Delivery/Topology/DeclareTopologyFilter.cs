using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Endpoints;
using OpenAIWorker.Delivery.Seals;

namespace OpenAIWorker.Delivery.Topology;

/// <summary>
/// Runs whenever an endpoint gets its channel, so that a broker which came back empty is set up again.
/// </summary>
sealed class DeclareTopologyFilter(TopologyDeclaration declaration, HeaderKeyStream key, BusRole served,
    IOptions<BrokerOptions> broker) : IFilter<ChannelContext>
{
    public async Task Send(ChannelContext context, IPipe<ChannelContext> next)
    {
        // On channels of its own: what stands there otherwise closes them.
        await declaration.Declare(context.ConnectionContext.Connection, broker.Value.Quorum, context.CancellationToken);
        // Clients have no key, and no right to one.
        if (served.Operations.Count > 0)
            await key.Replant(context.Channel, context.CancellationToken);
        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("declareTopology");
}
