using System.Collections.Concurrent;
using System.Text;
using MassTransit;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Delivery.Clients;

/// <summary>
/// A .NET service with standard MassTransit, which subscribes to the worker's events besides its own messages.
/// </summary>
public sealed class MassTransitSubscriberSpecs(WorkerScene scene, BrokerFixture broker)
    : IClassFixture<WorkerScene>, IClassFixture<BrokerFixture>
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly ConcurrentQueue<(string Handler, string JobId)> taken = new();

    [Fact]
    public async Task An_endpoint_with_several_types_gets_each_event_once_as_what_it_is()
    {
        await using var service = await OrderSubscriber.Start(broker, scene, endpoint =>
        {
            endpoint.Handler<ModelMessaged>(context => Take("result", context.Message.JobId));
            endpoint.Handler<OperationFailed>(context => Take("failure", context.Message.JobId));
            endpoint.Handler<OperationDelayed>(context => Take("delay", context.Message.JobId));
        });

        await Run("several-good", "m");
        await Run("several-bad", "m+status:400");
        await Run("several-late", "m+status:500#1");
        await Eventually.Is(() => taken.Count >= 4);

        Assert.Equal(
            [("delay", "several-late"), ("failure", "several-bad"), ("result", "several-good"),
                ("result", "several-late")],
            taken.OrderBy(one => one));
    }

    [Fact]
    public async Task A_subscriber_of_the_endings_interface_gets_every_ending()
    {
        await using var service = await OrderSubscriber.Start(broker, scene, endpoint =>
            endpoint.Handler<IJobEnding>(context =>
                Take($"{context.Message.Operation} {context.Message.Ending} {context.Message.Attempts}",
                    context.Message.JobId)));

        await Run("endings-good", "m");
        await Run("endings-bad", "m+status:400");
        await scene.Client.Publish("classify-text", """{"jobId":"endings-other","text":"x"}""");
        await Eventually.Is(() => taken.Count >= 3);

        Assert.Equal(
            [("classify-text completed 1", "endings-other"), ("message-model completed 1", "endings-good"),
                ("message-model failed 1", "endings-bad")],
            taken.OrderBy(one => one));
    }

    [Fact]
    public async Task Messages_of_the_services_own_go_through_the_same_endpoint()
    {
        await using var service = await OrderSubscriber.Start(broker, scene, endpoint =>
        {
            endpoint.Handler<OrderPlaced>(context => Take("order", context.Message.JobId));
            endpoint.Handler<ModelMessaged>(context => Take("result", context.Message.JobId));
        });

        await service.Bus.Publish(new OrderPlaced { JobId = "own-order", Text = "x" },
            TestContext.Current.CancellationToken);
        await Run("own-job", "m");
        await Eventually.Is(() => taken.Count >= 2);

        Assert.Equal([("order", "own-order"), ("result", "own-job")], taken.OrderBy(one => one));
    }

    [Fact]
    public async Task A_saga_sends_its_job_once_and_hears_what_became_of_it()
    {
        var machine = new OrderMachine(new($"exchange:{scene.Prefix}.message-model"));
        await using var service = await OrderSubscriber.Start(broker, scene, endpoint =>
            endpoint.StateMachineSaga(machine, new InMemorySagaRepository<OrderState>()));
        var order = NewId.NextGuid();

        await service.Bus.Publish(new OrderPlaced { JobId = $"{order}", Text = "Hello" },
            TestContext.Current.CancellationToken);
        var (initiator, text) = await machine.Answered.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal(order, initiator);
        Assert.Contains("Hello", text, StringComparison.Ordinal);
        Assert.Single(scene.Emulator.Calls,
            call => call.Body.GetRawText().Contains("from the saga", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_event_is_dated_by_its_header_and_no_made_up_time_is_read_from_its_id()
    {
        var dates = new TaskCompletionSource<(DateTime? OfId, DateTime? OfTransport, DateTime? OfHeader)>(
            TaskCreationOptions.RunContinuationsAsynchronously);
        await using var service = await OrderSubscriber.Start(broker, scene,
            endpoint => endpoint.Handler<ModelMessaged>(context =>
        {
            if (context.Message.JobId == "dated")
                dates.TrySetResult((context.SentTime, context.ReceiveContext.GetSentTime(),
                    context.Headers.Get<DateTime>("cloudEvents:time")));
            return Task.CompletedTask;
        }));

        var before = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(-2);
        await Run("dated", "m");
        var (ofId, ofTransport, ofHeader) = await dates.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Null(ofId);
        Assert.InRange(ofTransport!.Value.ToUniversalTime(), before, before.AddMinutes(2));
        Assert.InRange(ofHeader!.Value.ToUniversalTime(), before, before.AddMinutes(2));
    }

    [Fact]
    public async Task An_event_carries_its_type_and_time_as_properties()
    {
        await Run("properties", "m");

        var properties = (await scene.Client.Ending("properties")).Properties;
        Assert.Equal("OpenAIWorker.Contracts.ModelMessaged", properties.Type);
        Assert.InRange(DateTimeOffset.FromUnixTimeSeconds(properties.Timestamp.UnixTime),
            TimeProvider.System.GetUtcNow().AddMinutes(-2), TimeProvider.System.GetUtcNow().AddSeconds(1));
    }

    [Fact]
    public async Task No_event_or_copy_of_one_carries_a_number_of_the_workers_client()
    {
        var mine = $"{scene.Prefix}.unnumbered";
        await scene.Client.Channel.QueueDeclareAsync(mine, durable: true, exclusive: false, autoDelete: false);
        await scene.Client.Publish("message-model",
            """{"jobId":"unnumbered","model":"m+status:500#1","messages":[{"text":"x"}]}""", new() { ReplyTo = mine });
        await Run("unnumbered-bad", "m+status:400");
        await scene.Client.Ending("unnumbered");

        var delayed = await scene.Client.Get(mine);
        var ended = await scene.Client.Get(mine);
        var events = scene.Client.Events.Where(arrived =>
            arrived.JobId.StartsWith("unnumbered", StringComparison.Ordinal))
                .Select(arrived => arrived.Properties.Headers!).ToList();

        Assert.Equal(["completed", "delayed", "failed"],
            events.Select(headers => Encoding.UTF8.GetString((byte[])headers["openai-worker-event"]!)).Order());
        Assert.All([.. events, delayed.BasicProperties.Headers!, ended.BasicProperties.Headers!],
            headers => Assert.DoesNotContain("x-dotnet-pub-seq-no", headers));
        await scene.Client.Channel.QueueDeleteAsync(mine, false, false);
    }

    async Task Run(string job, string model)
    {
        await scene.Client.Publish("message-model",
            $$"""{"jobId":"{{job}}","model":"{{model}}","messages":[{"text":"x"}]}""");
        await scene.Client.Ending(job);
    }

    Task Take(string handler, string jobId)
    {
        taken.Enqueue((handler, jobId));
        return Task.CompletedTask;
    }

}
