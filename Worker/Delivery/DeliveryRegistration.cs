using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Admission;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Cancelling;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Credentials;
using OpenAIWorker.Delivery.DeadLetters;
using OpenAIWorker.Delivery.Endpoints;
using OpenAIWorker.Delivery.Events;
using OpenAIWorker.Delivery.Filters;
using OpenAIWorker.Delivery.Lanes;
using OpenAIWorker.Delivery.Observing;
using OpenAIWorker.Delivery.Records;
using OpenAIWorker.Delivery.Settlement;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Operations;
using OpenAIWorker.Settings;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Delivery;

static class DeliveryRegistration
{
    /// <summary>
    /// The consumers of all operations, on RabbitMQ if <c>Broker:Uri</c> is set, else on the embedded transport.
    /// </summary>
    public static IServiceCollection AddDelivery(this IServiceCollection services, BrokerOptions broker)
    {
        foreach (var operation in OperationCatalog.All)
        {
            operation.Register(services);
            operation.Accept(new AddConsumer(services));
        }
        return services
            .AddCalls()
            .AddGates()
            .AddSettlement()
            .AddWaiting(broker)
            .AddSingleton<TraceFilter>()
            .AddSingleton<UnicodeFilter>()
            .AddSingleton<PoisonGuard>()
            .AddSingleton<EndingGuard>()
            .AddSingleton<SkippedMessageFilter>()
            .AddBus(broker, new(OperationCatalog.All, null, TimeSpan.Zero));
    }

    /// <summary>A client's side: only the queue for the events of its jobs, or nothing.</summary>
    public static IServiceCollection AddReplies(this IServiceCollection services, BrokerOptions broker, string? queue,
        TimeSpan kept) =>
        services.AddBus(broker, new([], queue, kept));

    /// <summary>The names in the broker, without a bus.</summary>
    public static IServiceCollection AddBroker(this IServiceCollection services) => services
        .AddSettings<BrokerOptions, BrokerOptionsValidator>()
        .AddSingleton<IValidateOptions<BrokerOptions>, BrokerOptionsRules>()
        .AddSingleton<QueueNames>()
        .AddSingleton<DelayLadder>()
        .AddSingleton<TopologyDeclaration>();

    /// <summary>An operator's side: orders for the workers on the broker.</summary>
    public static IServiceCollection AddOrders(this IServiceCollection services) => services
        .AddBroker()
        .AddSettings<DeliveryOptions, DeliveryOptionsValidator>()
        .AddSingleton<IValidateOptions<DeliveryOptions>, DeliveryOptionsRules>()
        .AddSeal();

    // In the order in which a job passes them.
    static IServiceCollection AddGates(this IServiceCollection services) => services
        .AddSingleton<IJobGate, GroupGate>()
        .AddSingleton<IJobGate, CancelledGate>()
        .AddSingleton<IJobGate, CredentialAccessGate>()
        .AddSingleton<IJobGate, RecordGate>()
        .AddSingleton<IJobGate, LostStateGate>()
        .AddSingleton<IJobGate, NotBeforeGate>()
        .AddSingleton<IJobGate, AtHandGate>()
        .AddSingleton<IJobGate, SlotGate>()
        .AddSingleton<IJobGate, TimeGate>()
        .AddSingleton<IJobGate, PausedCredentialGate>()
        .AddSingleton<IJobGate, RateLimitGate>()
        .AddSingleton<Gates>()
        .AddSingleton<JobLives>()
        .AddSingleton<CredentialSenders>()
        .AddSingleton<IValidateOptions<OpenAIOptions>, CredentialSenderRules>()
        .AddSingleton<CredentialPauses>()
        .AddSingleton<CredentialCheck>()
        .AddSingleton<CredentialNews>()
        .AddSingleton<CredentialHold>();

    static IServiceCollection AddCalls(this IServiceCollection services) => services
        .AddSingleton<JobReader>()
        .AddSingleton<JobCalls>()
        .AddSingleton<JobRunner>()
        .AddSingleton<RunningCalls>()
        .AddSingleton<UnsentAnswers>()
        .AddSingleton<OutcomeKeeper>()
        .AddSingleton<JobCosts>();

    static IServiceCollection AddSettlement(this IServiceCollection services) => services
        .AddSingleton<OutcomeJudge>()
        .AddSingleton<JobSettlement>()
        .AddSingleton<CompleteJob>()
        .AddSingleton<FailJob>()
        .AddSingleton<FailMessage>()
        .AddSingleton<DelayJob>()
        .AddSingleton<ContinueJob>()
        .AddSingleton<JobMoves>()
        .AddSingleton<DelayNews>()
        .AddSingleton<EndingPublisher>()
        .AddSingleton<EventPublisher>()
        .AddSingleton<EventSending>()
        .AddSingleton<EventCourier>()
        .AddHostedService(services => services.GetRequiredService<EventCourier>())
        .AddSingleton<DeadLetterKeeper>()
        .AddSingleton<JobRecords>()
        .AddHostedService<GroupNews>()
        .AddSingleton<DeliveryMemory>()
        .AddSingleton<BrokerFaults>();

    static IServiceCollection AddWaiting(this IServiceCollection services, BrokerOptions broker) => services
        .AddSingleton<LaneRouter>()
        .AddSingleton<WorkerLanes>()
        .AddSingleton<LaneChannels>()
        .AddSingleton<ILaneFeeds>(services => broker.IsEmbedded
            ? services.GetRequiredService<EmbeddedLanes>()
            : services.GetRequiredService<LaneChannels>())
        .AddSingleton<CancelledJobs>()
        .AddSingleton(services =>
            new WaitBook(Guid.NewGuid(), services.GetRequiredService<CancelledJobs>().Contains,
                services.GetRequiredService<TimeProvider>()))
        .AddSingleton<WaitStream>()
        .AddSingleton<WaitingJobs>()
        .AddHostedService<WaitingEndings>();

    sealed class AddConsumer(IServiceCollection services) : IOperationVisitor<bool>
    {
        public bool Visit<TRequest, TResult>(Operation operation)
            where TRequest : JobRequest
            where TResult : OperationResult
        {
            services.AddSingleton<CallSlots<TRequest>>();
            services.AddSingleton<SlotFilter<TRequest>>();
            services.AddSingleton<OperationConsumer<TRequest, TResult>>();
            return true;
        }
    }
}
