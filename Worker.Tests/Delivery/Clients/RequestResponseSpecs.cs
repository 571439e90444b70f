using MassTransit;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Delivery.Clients;

/// <summary>A .NET program with only MassTransit and the contracts, which asks and waits for the answer.</summary>
public sealed class RequestResponseSpecs(WorkerScene scene, BrokerFixture broker)
    : IClassFixture<WorkerScene>, IClassFixture<BrokerFixture>, IAsyncLifetime
{
    IBusControl? bus;

    public async ValueTask InitializeAsync()
    {
        if (!broker.IsThere)
            return;
        bus = Bus.Factory.CreateUsingRabbitMq(rabbit => rabbit.Host(broker.Uri));
        await bus.StartAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => bus is null ? default : new(bus.StopAsync());

    [Fact]
    public async Task A_request_gets_the_result()
    {
        var answer = await Ask(new() { JobId = "asked", Model = "m", Messages = [new() { Text = "Hello" }] });

        Assert.True(answer.Is(out Response<ModelMessaged>? result));
        Assert.Equal("asked", result!.Message.JobId);
        Assert.Contains("Hello", result.Message.Text, StringComparison.Ordinal);
        Assert.False(result.Headers.TryGetHeader("x-dotnet-pub-seq-no", out _));
    }

    [Fact]
    public async Task A_request_that_fails_gets_the_failure()
    {
        var answer = await Ask(new()
        {
            JobId = "asked-in-vain",
            Model = "m+status:400",
            Messages = [new() { Text = "x" }]
        });

        Assert.True(answer.Is(out Response<OperationFailed>? failure));
        Assert.Equal(("asked-in-vain", FailureCodes.InvalidRequest), (failure!.Message.JobId, failure.Message.Code));
    }

    [Fact]
    public async Task A_request_is_answered_after_the_ladder_too()
    {
        var answer = await Ask(new()
        {
            JobId = "asked-later",
            Model = "m+status:500#1",
            Messages = [new() { Text = "x" }]
        });

        Assert.True(answer.Is(out Response<ModelMessaged>? result));
        Assert.Equal(2, result!.Message.Attempts);
    }

    [Fact]
    public async Task Others_see_the_ending_as_well()
    {
        await Ask(new() { JobId = "asked-and-seen", Model = "m", Messages = [new() { Text = "x" }] });

        Assert.Equal("message-model.completed", (await scene.Client.Ending("asked-and-seen")).RoutingKey);
    }

    async Task<Response<ModelMessaged, OperationFailed>> Ask(MessageModel request)
    {
        _ = broker.Version; // Skips without a broker.
        var client = bus!.CreateRequestClient<MessageModel>(new Uri($"exchange:{scene.Prefix}.message-model"),
            RequestTimeout.After(s: 60));
        return await client.GetResponse<ModelMessaged, OperationFailed>(request, TestContext.Current.CancellationToken);
    }
}
