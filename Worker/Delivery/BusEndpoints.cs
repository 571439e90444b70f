using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Delivery;

/// <summary>What both transports have in common.</summary>
static class BusEndpoints
{
    /// <summary>Plain JSON in and out, MassTransit's envelope understood on the same queues.</summary>
    public static void Common(IBusFactoryConfigurator bus)
    {
        bus.ConfigureJsonSerializerOptions(_ => BusJson.Options);
        bus.UseRawJsonSerializer(RawSerializerOptions.AnyMessageType, isDefault: true);
        // Their own exchanges would be of no use to anyone.
        bus.Publish<OperationResult>(publish => publish.Exclude = true);
        bus.Publish<JobRequest>(publish => publish.Exclude = true);
    }

    /// <summary>An operation's consumer on its endpoint.</summary>
    public static void Consume(IBusRegistrationContext context, IReceiveEndpointConfigurator endpoint, Operation operation)
    {
        var delivery = context.GetRequiredService<IOptions<DeliveryOptions>>().Value;
        endpoint.PrefetchCount = delivery.Concurrency;
        endpoint.ConcurrentMessageLimit = delivery.Concurrency;
        endpoint.PublishFaults = false;
        endpoint.UseRawJsonDeserializer(RawSerializerOptions.AnyMessageType, isDefault: true);
        endpoint.ConfigureError(pipe => pipe.UseFilter(context.GetRequiredService<UnreadableFilter>()));
        operation.Accept(new ConfigureConsumer(context, endpoint));
    }

    sealed class ConfigureConsumer(IBusRegistrationContext context, IReceiveEndpointConfigurator endpoint) : IOperationVisitor<bool>
    {
        public bool Visit<TRequest, TResult>(Operation operation)
            where TRequest : JobRequest
            where TResult : OperationResult
        {
            endpoint.ConfigureConsumer<OperationConsumer<TRequest, TResult>>(context);
            return true;
        }
    }
}
