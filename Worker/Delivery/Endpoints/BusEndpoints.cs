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

/// <summary>What both transports have in common.</summary>
static class BusEndpoints
{
    // Few, because each may be as large as the broker takes.
    const int SentPrefetch = 4;
    // A worker that starts hears of hundreds of lanes, each several times, and goes on with the next while one is
    // opened.
    const int LanePrefetch = 256;

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
    public static void Consume(IBusRegistrationContext context, IReceiveEndpointConfigurator endpoint,
        Operation operation) =>
        Consume(context, endpoint, operation, context.GetRequiredService<IOptions<DeliveryOptions>>().Value.Fetched);

    /// <param name="context">The services.</param>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="operation">Whose jobs come there.</param>
    /// <param name="prefetch">How many at once.</param>
    public static void Consume(IBusRegistrationContext context, IReceiveEndpointConfigurator endpoint,
        Operation operation, int prefetch)
    {
        endpoint.PrefetchCount = prefetch;
        if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit)
            ConcurrentChannel.Use(rabbit, context.GetRequiredService<LaneChannels>().Of(operation.Name));
        else
            endpoint.ConcurrentMessageLimit = prefetch;
        Read(context, endpoint);
        operation.Accept(new ConfigureConsumer(context, endpoint));
    }

    /// <summary>Jobs that are not run, but end all the same.</summary>
    public static void End(IBusRegistrationContext context, IReceiveEndpointConfigurator endpoint) =>
        Read(context, endpoint);

    /// <summary>Cancellations, read by every worker.</summary>
    public static void CancelJobs(IBusRegistrationContext context, IReceiveEndpointConfigurator endpoint)
    {
        endpoint.PrefetchCount = SentPrefetch;
        endpoint.PublishFaults = false;
        // An unreadable cancellation is dropped, as one of an unknown job is.
        LetNonsenseBe(endpoint);
        ShortMessages.Only(endpoint);
        endpoint.ConfigureConsumer<CancelJobConsumer>(context);
    }

    /// <summary>The lanes that other workers open.</summary>
    public static void HearLanes(IBusRegistrationContext context, IReceiveEndpointConfigurator endpoint)
    {
        Hear<LaneConsumer>(context, endpoint, LanePrefetch);
        ShortMessages.Only(endpoint);
    }

    /// <summary>What functions answered.</summary>
    public static void HearAnswers(IBusRegistrationContext context, IReceiveEndpointConfigurator endpoint)
    {
        Hear<ToolAnswerConsumer>(context, endpoint, SentPrefetch);
        endpoint.ConfigureReceive(pipe => pipe.UseFilter(context.GetRequiredService<LongAnswers>()));
    }

    // Streams that every worker reads whole. Unreadable messages are dropped.
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

    static void Read(IBusRegistrationContext context, IReceiveEndpointConfigurator endpoint)
    {
        endpoint.PublishFaults = false;
        Deserialize(endpoint);
        endpoint.ConfigureReceive(pipe =>
        {
            pipe.UseFilter(context.GetRequiredService<TraceFilter>());
            pipe.UseFilter(context.GetRequiredService<EndingGuard>());
            pipe.UseFilter(context.GetRequiredService<UnicodeFilter>());
        });
        // All faults are judged in one place, the guard.
        endpoint.ConfigureError(pipe => pipe.UseExecute(faulted => ExceptionDispatchInfo.Throw(faulted.Exception)));
        endpoint.ConfigureDeadLetter(pipe => pipe.UseFilter(context.GetRequiredService<SkippedMessageFilter>()));
    }

    sealed class ConfigureConsumer(IBusRegistrationContext context, IReceiveEndpointConfigurator endpoint)
        : IOperationVisitor<bool>
    {
        public bool Visit<TRequest, TResult>(Operation operation)
            where TRequest : JobRequest
            where TResult : OperationResult
        {
            // Always the one instance: a scope for each job would have nothing of its own in it. Asked for late, as it
            // needs the bus.
            endpoint.Consumer(context.GetRequiredService<OperationConsumer<TRequest, TResult>>);
            return true;
        }
    }
}
