using MassTransit;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Delivery.Clients;

/// <summary>A service on its own bus that knows only the worker's contracts.</summary>
sealed class OrderSubscriber(IBusControl bus) : IAsyncDisposable
{
    public IBus Bus => bus;

    public static async Task<OrderSubscriber> Start(BrokerFixture broker, WorkerScene scene,
        Action<IRabbitMqReceiveEndpointConfigurator> configure)
    {
        _ = broker.Version; // Skips without a broker.
        var bus = MassTransit.Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(broker.Uri);
            rabbit.UseRawJsonDeserializer(RawSerializerOptions.AddTransportHeaders);
            rabbit.MessageTopology.SetEntityNameFormatter(
                new PrefixEntityNameFormatter(rabbit.MessageTopology.EntityNameFormatter, $"{scene.Prefix}."));
            rabbit.ReceiveEndpoint($"{scene.Prefix}.service-{NewId.NextGuid():N}", endpoint =>
            {
                endpoint.AutoDelete = true;
                configure(endpoint);
            });
        });
        await bus.StartAsync(TestContext.Current.CancellationToken);
        return new(bus);
    }

    public ValueTask DisposeAsync() => new(bus.StopAsync());
}

/// <summary>A message of the service's own, with members that a job has too.</summary>
public sealed record OrderPlaced
{
    public string JobId { get; init; } = "";

    public string Text { get; init; } = "";
}

public sealed class OrderState : SagaStateMachineInstance
{
    public Guid CorrelationId { get; set; }

    public string CurrentState { get; set; } = "";
}

/// <summary>A saga that sends a job for each order, and ends with its result.</summary>
sealed class OrderMachine : MassTransitStateMachine<OrderState>
{
    public OrderMachine(Uri jobs)
    {
        InstanceState(order => order.CurrentState);
        Event(() => Placed, placed => placed.CorrelateById(context => Guid.Parse(context.Message.JobId)));
        Event(() => Ended, ended =>
        {
            ended.CorrelateById(context => context.InitiatorId ?? Guid.Empty);
            ended.OnMissingInstance(missing => missing.Discard());
        });
        Initially(When(Placed)
            .Send(jobs, context => new MessageModel
            {
                JobId = $"job-{context.Saga.CorrelationId}",
                Model = "m",
                Messages = [new() { Text = $"{context.Message.Text} from the saga" }],
            })
            .TransitionTo(Asked));
        During(Asked, When(Ended)
            .Then(context => Answered.TrySetResult((context.InitiatorId, context.Message.Text)))
            .Finalize());
    }

    public State Asked { get; private set; } = null!;

    public Event<OrderPlaced> Placed { get; private set; } = null!;

    public Event<ModelMessaged> Ended { get; private set; } = null!;

    public TaskCompletionSource<(Guid? Initiator, string? Text)> Answered { get; } =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
}
