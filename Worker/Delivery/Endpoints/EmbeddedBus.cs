using MassTransit;
using MassTransit.Context;
using Microsoft.Extensions.DependencyInjection;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Cancelling;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Filters;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Delivery.Endpoints;

/// <summary>The bus inside the process. Jobs do not pass it: <see cref="DirectJobs"/> delivers them.</summary>
static class EmbeddedBus
{
    public static void Configure(IBusRegistrationContext context, IInMemoryBusFactoryConfigurator bus)
    {
        BusEndpoints.Common(bus);
        bus.ReceiveEndpoint(context.GetRequiredService<QueueNames>().Cancellations,
            endpoint => BusEndpoints.CancelJobs(context, endpoint));
        context.GetRequiredService<DirectJobs>().Use(request =>
            OperationCatalog.For(request).Accept(new Connect(context)));
    }

    sealed class Connect(IBusRegistrationContext services) : IOperationVisitor<(string, IPipe<ReceiveContext>)>
    {
        public (string, IPipe<ReceiveContext>) Visit<TRequest, TResult>(Operation operation)
            where TRequest : JobRequest
            where TResult : OperationResult
        {
            var consumer = services.GetRequiredService<OperationConsumer<TRequest, TResult>>();
            return (operation.Name, Pipe.New<ReceiveContext>(pipe =>
            {
                BusEndpoints.Surround(services, pipe);
                pipe.UseFilter(services.GetRequiredService<SlotFilter<TRequest>>());
                pipe.UseExecuteAsync(delivery => consumer.Consume(new MessageConsumeContext<TRequest>(
                    new DirectContext((DirectDelivery)delivery), (TRequest)((DirectDelivery)delivery).Job)));
            }));
        }
    }
}
