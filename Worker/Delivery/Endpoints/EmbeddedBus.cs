using MassTransit;
using MassTransit.Context;
using Microsoft.Extensions.DependencyInjection;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Cancelling;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Lanes;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Delivery.Endpoints;

/// <summary>The bus inside the process.</summary>
static class EmbeddedBus
{
    public static void Configure(IBusRegistrationContext context, IInMemoryBusFactoryConfigurator bus)
    {
        BusEndpoints.Common(bus);
        var topology = context.GetRequiredService<QueueNames>();
        foreach (var operation in context.GetRequiredService<BusRole>().Operations)
            bus.ReceiveEndpoint(topology.Queue(operation.Name),
                endpoint => BusEndpoints.Consume(context, endpoint, operation));
        bus.ReceiveEndpoint(topology.Cancellations, endpoint => BusEndpoints.CancelJobs(context, endpoint));
        context.GetRequiredService<EmbeddedLanes>().Use((lane, gate) => Connect(context, lane, gate));
        context.GetRequiredService<DirectJobs>().Use(request =>
            OperationCatalog.For(request).Accept(new ConnectDirectly(context)));
    }

    static HostReceiveEndpointHandle Connect(IBusRegistrationContext services, string lane, LaneGate gate)
    {
        var operation = OperationCatalog.Named(services.GetRequiredService<QueueNames>().OperationOf(lane))!;
        return services.GetRequiredService<IReceiveEndpointConnector>()
            .ConnectReceiveEndpoint(lane, (context, endpoint) =>
        {
            // Only workers send to it: bound to the request's exchange it would get every job a second time.
            endpoint.ConfigureConsumeTopology = false;
            endpoint.ConfigureReceive(pipe => pipe.UseFilter(gate));
            BusEndpoints.Consume(context, endpoint, operation);
        });
    }

    sealed class ConnectDirectly(IBusRegistrationContext services) : IOperationVisitor<DirectJobs.Entrance>
    {
        public DirectJobs.Entrance Visit<TRequest, TResult>(Operation operation)
            where TRequest : JobRequest
            where TResult : OperationResult
        {
            var bus = services.GetRequiredService<IBus>();
            var queue = services.GetRequiredService<QueueNames>().Queue(operation.Name);
            var consumer = services.GetRequiredService<OperationConsumer<TRequest, TResult>>();
            return new(new(bus.Address, queue), bus, Pipe.New<ReceiveContext>(pipe =>
            {
                BusEndpoints.Surround(services, pipe);
                pipe.UseExecuteAsync(delivery => consumer.Consume(new MessageConsumeContext<TRequest>(
                    new DirectContext((DirectDelivery)delivery), (TRequest)((DirectDelivery)delivery).Job)));
            }));
        }
    }
}
