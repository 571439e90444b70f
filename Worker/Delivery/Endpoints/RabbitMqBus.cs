using System.Runtime.ExceptionServices;
using MassTransit;
using MassTransit.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Cancelling;
using OpenAIWorker.Delivery.Clients;
using OpenAIWorker.Delivery.Handlers;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Operations;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Delivery.Endpoints;

/// <summary>The bus on RabbitMQ.</summary>
static class RabbitMqBus
{
    // Enough for one disk write to take many endings.
    const ushort ReplyPrefetch = 500;

    public static void Configure(IBusRegistrationContext context, IRabbitMqBusFactoryConfigurator bus)
    {
        var broker = context.GetRequiredService<IOptions<BrokerOptions>>().Value;
        Host(bus, broker);
        var names = bus.MessageTopology;
        names.SetEntityNameFormatter(new PrefixEntityNameFormatter(names.EntityNameFormatter,
            context.GetRequiredService<QueueNames>().TypePrefix));
        BusEndpoints.Common(bus);
        foreach (var operation in context.GetRequiredService<BusRole>().Operations)
            Endpoint(context, bus, operation, broker.Quorum);
        if (context.GetRequiredService<BusRole>().Operations.Count > 0)
        {
            Unknown(context, bus, broker.Quorum);
            Expired(context, bus, broker.Quorum);
            CancelJobs(context, bus);
            OpenedLanes(context, bus);
            ToolAnswers(context, bus);
        }
        if (context.GetRequiredService<BusRole>() is { Replies: { } replies, RepliesKept: var kept })
            Replies(context, bus, replies, kept);
    }

    // MassTransit uses the address only as its name for the broker; by default it would accept any authority's
    // certificate.
    static void Host(IRabbitMqBusFactoryConfigurator bus, BrokerOptions broker) =>
        bus.Host(new Uri(broker.Uri!), host =>
    {
        host.ConnectionName("openai-worker");
        host.OnRefreshConnectionFactory = async factory =>
        {
            try
            {
                BrokerConnection.Apply(broker, factory);
                // MassTransit gives up for ever when a login is refused, and waits for ever for a silent peer. Here
                // both are retried.
                await using var tried = await BrokerConnection.Open(broker, "try", CancellationToken.None,
                    recovers: false);
            }
            catch (Exception unfit) when (unfit is SettingsException or BrokerUnavailableException)
            {
                // Without the inner exception, which MassTransit would inspect.
                throw new RabbitMqConnectionException(unfit.Message, new IOException(unfit.Message));
            }
        };
    });

    static void Endpoint(IBusRegistrationContext context, IRabbitMqBusFactoryConfigurator bus, Operation operation,
        bool quorum)
    {
        var topology = context.GetRequiredService<QueueNames>();
        bus.ReceiveEndpoint(topology.Queue(operation.Name), endpoint =>
        {
            Queue(endpoint, QueueArguments.Entrance(quorum, topology.Expired, operation.Name));
            BusEndpoints.Consume(context, endpoint, operation);
        });
    }

    static void Unknown(IBusRegistrationContext context, IRabbitMqBusFactoryConfigurator bus, bool quorum)
    {
        var topology = context.GetRequiredService<QueueNames>();
        bus.ReceiveEndpoint(topology.Unknown, endpoint =>
        {
            Queue(endpoint, QueueArguments.Entrance(quorum, topology.Expired, null));
            endpoint.ConfigureConsumeTopology = false;
            // One endpoint is enough to set up a broker that lost its data.
            endpoint.ConfigureChannel(channel =>
                channel.UseFilter(context.GetRequiredService<DeclareTopologyFilter>()));
            BusEndpoints.End(context, endpoint);
        });
    }

    static void Expired(IBusRegistrationContext context, IRabbitMqBusFactoryConfigurator bus, bool quorum) =>
        bus.ReceiveEndpoint(context.GetRequiredService<QueueNames>().Expired, endpoint =>
        {
            Queue(endpoint, QueueArguments.Jobs(quorum));
            endpoint.ConfigureConsumeTopology = false;
            BusEndpoints.End(context, endpoint);
        });

    static void CancelJobs(IBusRegistrationContext context, IRabbitMqBusFactoryConfigurator bus) =>
        Stream(bus, context.GetRequiredService<QueueNames>().Cancellations, QueueArguments.Cancellations(),
            endpoint => BusEndpoints.CancelJobs(context, endpoint));

    static void OpenedLanes(IBusRegistrationContext context, IRabbitMqBusFactoryConfigurator bus) =>
        Stream(bus, context.GetRequiredService<QueueNames>().Lanes, QueueArguments.Lanes(),
            endpoint => BusEndpoints.HearLanes(context, endpoint));

    static void ToolAnswers(IBusRegistrationContext context, IRabbitMqBusFactoryConfigurator bus) =>
        Stream(bus, context.GetRequiredService<QueueNames>().ToolAnswers, QueueArguments.ToolAnswers(),
            endpoint => BusEndpoints.HearAnswers(context, endpoint));

    static void Stream(IRabbitMqBusFactoryConfigurator bus, string name, Dictionary<string, object?> arguments,
        Action<IReceiveEndpointConfigurator> configure) =>
        bus.ReceiveEndpoint(name, endpoint =>
        {
            Queue(endpoint, arguments);
            endpoint.Stream(stream => stream.FromFirst());
            configure(endpoint);
        });

    static void Queue(IRabbitMqReceiveEndpointConfigurator endpoint, Dictionary<string, object?> arguments)
    {
        foreach (var (name, value) in arguments)
            endpoint.SetQueueArgument(name, value);
    }

    // Endings are kept for a client that was killed and restarts.
    static void Replies(IBusRegistrationContext context, IRabbitMqBusFactoryConfigurator bus, string queue,
        TimeSpan kept) => bus.ReceiveEndpoint(queue, endpoint =>
    {
        endpoint.QueueExpiration = kept;
        endpoint.ConfigureConsumeTopology = false;
        endpoint.PrefetchCount = ReplyPrefetch;
        endpoint.ConfigureChannel(channel => channel.UseFilter(context.GetRequiredService<DeclareTopologyFilter>()));
        endpoint.UseRawJsonDeserializer(RawSerializerOptions.AnyMessageType, isDefault: true);
        endpoint.PublishFaults = false;
        // MassTransit would move an ending that cannot be written to an _error queue, where no client looks for it.
        endpoint.ConfigureError(pipe =>
        {
            pipe.UseExecute(faulted =>
            {
                if (faulted.Exception is IOException full)
                    ExceptionDispatchInfo.Throw(full);
            });
            pipe.UseFilter(new ErrorTransportFilter());
        });
        endpoint.ConfigureConsumer<EventConsumer>(context);
    });
}
