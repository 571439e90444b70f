using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using OpenAIWorker.Delivery.Cancelling;
using OpenAIWorker.Delivery.Topology;

namespace OpenAIWorker.Delivery.Endpoints;

/// <summary>The bus inside the process.</summary>
static class EmbeddedBus
{
    public static void Configure(IBusRegistrationContext context, IInMemoryBusFactoryConfigurator bus)
    {
        BusEndpoints.Common(bus);
        var topology = context.GetRequiredService<QueueNames>();
        foreach (var operation in context.GetRequiredService<Served>().Operations)
            bus.ReceiveEndpoint(topology.Queue(operation.Name), endpoint => BusEndpoints.Consume(context, endpoint, operation));
        bus.ReceiveEndpoint(topology.Cancellations, endpoint => BusEndpoints.CancelJobs(context, endpoint));
    }
}
