using MassTransit;
using OpenAIWorker.Contracts;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Delivery.Topology;

/// <summary>Two installations with different prefixes on one virtual host.</summary>
public sealed class InstallationSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    readonly string mine = BrokerFixture.NewPrefix();
    readonly string other = BrokerFixture.NewPrefix();

    [Fact]
    public async Task A_job_that_is_published_by_its_type_goes_to_one_installation_and_so_does_its_ending()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await BrokerWorker.Start(broker, mine, emulator);
        await using var neighbour = await BrokerWorker.Start(broker, other, emulator);
        await using var client = await AmqpClient.Open(broker, mine);
        await using var stranger = await AmqpClient.Open(broker, other);

        await PublishByType(new MessageModel { JobId = "ours", Model = "m", Messages = [new() { Text = "x" }] });
        await client.Ending("ours");
        await stranger.Publish("message-model", """{"jobId":"theirs","model":"m","messages":[{"text":"x"}]}""");
        await stranger.Ending("theirs");

        Assert.Equal("theirs", Assert.Single(stranger.Events).JobId);
        Assert.Equal(1, emulator.TimesBilled("ours"));
    }

    async Task PublishByType(MessageModel request)
    {
        var bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(broker.Uri);
            rabbit.MessageTopology.SetEntityNameFormatter(
                new PrefixEntityNameFormatter(rabbit.MessageTopology.EntityNameFormatter, $"{mine}."));
        });
        await bus.StartAsync(TestContext.Current.CancellationToken);
        await bus.Publish(request, TestContext.Current.CancellationToken);
        await bus.StopAsync(TestContext.Current.CancellationToken);
    }
}
