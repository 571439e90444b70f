using System.Runtime.ExceptionServices;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Bodies;
using OpenAIWorker.Delivery.Broker.Fast;
using OpenAIWorker.Delivery.Cancelling;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Filters;
using OpenAIWorker.Delivery.Handlers;
using OpenAIWorker.Delivery.Lanes;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Delivery.Endpoints;

/// <summary>What both transports share.</summary>
static class BusEndpoints
{
    // Few, because each may be as large as the broker allows.
    const int SentPrefetch = 4;
    // A worker that starts receives hundreds of lanes, each several times, and reads on while one is being opened.
    const int LanePrefetch = 256;

    /// <summary>Plain JSON in both directions; MassTransit's envelope is accepted on the same queues.</summary>
    public static void Common(IBusFactoryConfigurator bus)
    {
        bus.ConfigureJsonSerializerOptions(_ => BusJson.Options);
        bus.UseRawJsonSerializer(RawSerializerOptions.AnyMessageType, isDefault: true);
        // Exchanges of these types are not needed.
        bus.Publish<OperationResult>(publish => publish.Exclude = true);
        bus.Publish<JobRequest>(publish => publish.Exclude = true);
    }

    /// <summary>The consumer of an operation on its endpoint.</summary>
    public static void Consume(IBusRegistrationContext context, IReceiveEndpointConfigurator endpoint,
        Operation operation) =>
        Consume(context, endpoint, operation, context.GetRequiredService<IOptions<DeliveryOptions>>().Value.Fetched);

    /// <param name="context">The services.</param>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="operation">The operation whose jobs it receives.</param>
    /// <param name="prefetch">The number of concurrent jobs.</param>
    public static void Consume(IBusRegistrationContext context, IReceiveEndpointConfigurator endpoint,
        Operation operation, int prefetch)
    {
        endpoint.PrefetchCount = prefetch;
        if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit)
            ConcurrentChannel.Use(rabbit, context.GetRequiredService<LaneChannels>().Of(operation.Name));
        else
            endpoint.ConcurrentMessageLimit = prefetch;
        operation.Accept(new ConfigureConsumer(context, endpoint));
    }

    /// <summary>Jobs that are not called, but still end.</summary>
    public static void End(IBusRegistrationContext context, IReceiveEndpointConfigurator endpoint) =>
        Read(context, endpoint);

    /// <summary>Cancellations, read by every worker.</summary>
    public static void CancelJobs(IBusRegistrationContext context, IReceiveEndpointConfigurator endpoint)
    {
        endpoint.PrefetchCount = SentPrefetch;
        endpoint.PublishFaults = false;
        // An unreadable cancellation is dropped, like one for an unknown job.
        LetNonsenseBe(endpoint);
        ShortMessages.Only(endpoint);
        endpoint.ConfigureConsumer<CancelJobConsumer>(context);
    }

    /// <summary>Lanes that other workers open.</summary>
    public static void HearLanes(IBusRegistrationContext context, IReceiveEndpointConfigurator endpoint)
    {
        Hear<LaneConsumer>(context, endpoint, LanePrefetch);
        ShortMessages.Only(endpoint);
    }

    /// <summary>Answers of functions.</summary>
    public static void HearAnswers(IBusRegistrationContext context, IReceiveEndpointConfigurator endpoint)
    {
        Hear<ToolAnswerConsumer>(context, endpoint, SentPrefetch);
        endpoint.ConfigureReceive(pipe => pipe.UseFilter(context.GetRequiredService<LongAnswers>()));
    }

    // Streams that every worker reads completely. Unreadable messages are dropped.
    static void Hear<TConsumer>(IBusRegistrationContext context, IReceiveEndpointConfigurator endpoint, int prefetch)
        where TConsumer : class, IConsumer
    {
        endpoint.PrefetchCount = prefetch;
        endpoint.PublishFaults = false;
        endpoint.ConfigureConsumeTopology = false;
        LetNonsenseBe(endpoint);
        endpoint.ConfigureConsumer<TConsumer>(context);
    }

    // Without these MassTransit would declare a _skipped and an _error queue.
    static void LetNonsenseBe(IReceiveEndpointConfigurator endpoint)
    {
        Deserialize(endpoint);
        endpoint.ConfigureError(pipe => pipe.UseExecute(_ => { }));
        endpoint.ConfigureDeadLetter(pipe => pipe.UseExecute(_ => { }));
    }

    static void Deserialize(IReceiveEndpointConfigurator endpoint)
    {
        endpoint.AddDeserializer(BodyReading.Envelope);
        endpoint.AddDeserializer(BodyReading.Raw, isDefault: true);
    }

    static void Read(IBusRegistrationContext context, IReceiveEndpointConfigurator endpoint,
        IFilter<ReceiveContext>? slots = null)
    {
        endpoint.PublishFaults = false;
        Deserialize(endpoint);
        endpoint.ConfigureReceive(pipe =>
        {
            Surround(context, pipe);
            if (slots is not null)
                pipe.UseFilter(slots);
            pipe.UseFilter(context.GetRequiredService<UnicodeFilter>());
        });
        // EndingGuard judges all exceptions.
        endpoint.ConfigureError(pipe => pipe.UseExecute(faulted => ExceptionDispatchInfo.Throw(faulted.Exception)));
        endpoint.ConfigureDeadLetter(pipe => pipe.UseFilter(context.GetRequiredService<SkippedMessageFilter>()));
    }

    /// <summary>What surrounds every delivery of a job: its span, and the promise of one ending.</summary>
    public static void Surround(IServiceProvider services, IPipeConfigurator<ReceiveContext> pipe)
    {
        pipe.UseFilter(services.GetRequiredService<TraceFilter>());
        pipe.UseFilter(services.GetRequiredService<EndingGuard>());
    }

    sealed class ConfigureConsumer(IBusRegistrationContext context, IReceiveEndpointConfigurator endpoint)
        : IOperationVisitor<bool>
    {
        public bool Visit<TRequest, TResult>(Operation operation)
            where TRequest : JobRequest
            where TResult : OperationResult
        {
            Read(context, endpoint, context.GetRequiredService<SlotFilter<TRequest>>());
            // Always one instance, because a scope per job would have nothing of its own. Resolved late, because it
            // needs the bus.
            endpoint.Consumer(context.GetRequiredService<OperationConsumer<TRequest, TResult>>);
            return true;
        }
    }
}
