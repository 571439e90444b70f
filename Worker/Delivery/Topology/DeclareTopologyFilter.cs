using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Endpoints;
using OpenAIWorker.Delivery.Seals;

namespace OpenAIWorker.Delivery.Topology;

/// <summary>Runs whenever an endpoint gets its channel, so that a broker that lost its data is set up again.</summary>
sealed class DeclareTopologyFilter(TopologyDeclaration declaration, HeaderKeyStream key, BusRole served,
    IOptions<BrokerOptions> broker) : IFilter<ChannelContext>
{
    public async Task Send(ChannelContext context, IPipe<ChannelContext> next)
    {
        // On separate channels: a queue or exchange with other arguments closes them.
        await declaration.Declare(context.ConnectionContext.Connection, broker.Value.Quorum, context.CancellationToken);
        // Clients have no key, and no right to one.
        if (served.Operations.Count > 0)
            await key.Replant(context.Channel, context.CancellationToken);
        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("declareTopology");
}
