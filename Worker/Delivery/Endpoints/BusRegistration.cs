using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Broker.Watching;
using OpenAIWorker.Delivery.Cancelling;
using OpenAIWorker.Delivery.Clients;
using OpenAIWorker.Delivery.Events;
using OpenAIWorker.Delivery.Handlers;
using OpenAIWorker.Delivery.Lanes;
using OpenAIWorker.Delivery.Observing;
using OpenAIWorker.Delivery.Orders;
using OpenAIWorker.Delivery.Seals;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Settings;
using OpenAIWorker.Tools;

namespace OpenAIWorker.Delivery.Endpoints;

static class BusRegistration
{
    static readonly TimeSpan GivingBack = TimeSpan.FromSeconds(5);

    /// <summary>Registers the bus and its background services.</summary>
    public static IServiceCollection AddBus(this IServiceCollection services, BrokerOptions broker, BusRole served)
    {
        services
            .AddBroker()
            .AddSettings<DeliveryOptions, DeliveryOptionsValidator>()
            .AddSingleton<IValidateOptions<DeliveryOptions>, DeliveryOptionsRules>()
            .AddSingleton(served)
            .AddSingleton<DeclareTopologyFilter>()
            .AddSeal()
            .AddSingleton<EventInbox>()
            .AddSingleton<BrokerConnectionState>()
            .AddSingleton<BrokerAlarm>()
            .AddSingleton<MessageBound>()
            .AddSingleton<WorkerExit>()
            .AddSettings<EventsOptions, EventsOptionsValidator>()
            .AddSingleton<EventRefusals>()
            .AddSingleton<TopologyRepair>()
            .AddSingleton<JobMetrics>()
            .AddSingleton<JobSender>()
            .AddSingleton<JobCancels>()
            .AddSingleton<EmbeddedLanes>()
            .AddSingleton<DirectJobs>()
            .AddSingleton<LaneQueues>()
            .AddSingleton<RabbitMqPublisher>()
            .AddSingleton<RabbitMqEvents>()
            .AddSingleton<JobMessages>()
            .AddSingleton(typeof(ITransport), broker.IsEmbedded ? typeof(InMemoryTransport) : typeof(RabbitMqTransport))
            .AddSingleton<ToolAnswers>()
            .AddSingleton<LongAnswers>()
            .AddSingleton(new ToolQueues(!broker.IsEmbedded))
            .AddSingleton(typeof(IToolBus), broker.IsEmbedded ? typeof(NoToolBus) : typeof(RabbitMqToolBus))
            .AddStopTimeouts();
        if (!broker.IsEmbedded)
            services.AddBrokerStart(isWorker: served.Operations.Count > 0);
        services.AddMassTransit(bus =>
        {
            // The program reports nothing except to the addresses in the settings.
            bus.DisableUsageTelemetry();
            bus.AddReceiveEndpointObserver<BrokerConnectionObserver>();
            bus.AddConsumer<EventConsumer>();
            bus.AddConsumer<CancelJobConsumer>();
            bus.AddConsumer<LaneConsumer>();
            bus.AddConsumer<ToolAnswerConsumer>();
            if (broker.IsEmbedded)
                bus.UsingInMemory(EmbeddedBus.Configure);
            else
                bus.UsingRabbitMq(RabbitMqBus.Configure);
        });
        // Stops before the bus, which takes the jobs that have to wait.
        return broker.IsEmbedded
            ? services.AddHostedService(services => services.GetRequiredService<DirectJobs>())
            : services;
    }

    // Those that read a stream have read it before the bus receives its first job.
    static void AddBrokerStart(this IServiceCollection services, bool isWorker)
    {
        services.AddSingleton<TopologyStart>()
            .AddSingleton<UnknownKeysStart>()
            .AddSingleton<HeaderKeyStart>()
            .AddSingleton<CancellationsStart>()
            .AddSingleton<ReplicaCount>()
            .AddSingleton<OrderDeeds>()
            .AddSingleton<OrderWatch>()
            .AddSingleton(services => new BrokerStart(services.GetRequiredService<TopologyStart>(),
            [
                [services.GetRequiredService<UnknownKeysStart>()],
                .. isWorker
                    ? (IHostedService[][])
                    [
                        // Orders are sealed.
                        [services.GetRequiredService<HeaderKeyStart>(), services.GetRequiredService<OrderWatch>()],
                        [services.GetRequiredService<CancellationsStart>()],
                        [services.GetRequiredService<ReplicaCount>()],
                    ]
                    : [],
            ]))
            .AddHostedService(services => services.GetRequiredService<BrokerStart>());
        if (isWorker)
            services.AddWatches();
    }

    // Services that run beside the jobs of a worker on RabbitMQ.
    static void AddWatches(this IServiceCollection services) => services
        .AddHostedService(services => services.GetRequiredService<WaitStream>())
        .AddHostedService<AlarmWatch>()
        .AddHostedService<DeafnessWatch>()
        .AddHostedService(services => services.GetRequiredService<TopologyRepair>());

    // Running calls have the setting's time; returning the other jobs takes a moment more.
    static void AddStopTimeouts(this IServiceCollection services)
    {
        services.AddOptions<MassTransitHostOptions>().Configure<IOptions<DeliveryOptions>>((bus, delivery) =>
        {
            bus.WaitUntilStarted = true;
            bus.ConsumerStopTimeout = delivery.Value.StopTimeout;
            bus.StopTimeout = delivery.Value.StopTimeout + GivingBack;
        });
        services.AddOptions<HostOptions>().Configure<IOptions<DeliveryOptions>>((host, delivery) =>
            host.ShutdownTimeout = delivery.Value.StopTimeout + 2 * GivingBack);
    }

    /// <summary>Registers the signature of the worker's own headers.</summary>
    public static IServiceCollection AddSeal(this IServiceCollection services) =>
        services.AddSingleton<HeaderKeys>().AddSingleton<HeaderKeyStream>().AddSingleton<HeaderSeal>();
}
