using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;
using RabbitMQ.Client;

namespace OpenAIWorker.Tests.Delivery.Consuming;

/// <summary>A worker that is told to stop.</summary>
public sealed class ShutdownSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    const string Slow = """{"jobId":"slow","model":"m+slow:1500","messages":[{"text":"x"}]}""";
    const string Hanging = """{"jobId":"hanging","model":"m+hang#1","messages":[{"text":"x"}]}""";

    readonly string prefix = broker.CommonPrefix();

    [Fact]
    public async Task What_is_in_flight_is_finished_and_what_waits_stays_in_the_queue()
    {
        await using var emulator = await OpenAIEmulator.Start();
        var worker = await BrokerWorker.Start(broker, prefix, emulator,
            ["--Delivery:Concurrency=1", "--Delivery:StopTimeout=00:01:00"]);
        await using var client = await AmqpClient.Open(broker, prefix);
        await client.Publish("message-model", Slow);
        await client.Publish("message-model", """{"jobId":"behind","model":"m","messages":[{"text":"x"}]}""");
        await Eventually.Is(() => emulator.TimesBilled("slow") == 1);

        await worker.DisposeAsync();

        await client.Ending("slow");
        Assert.Equal((1, 0), (emulator.TimesBilled("slow"), emulator.TimesBilled("behind")));
        Assert.Equal(1u, await client.Channel.MessageCountAsync($"{prefix}.message-model",
            TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_takes_longer_than_the_stop_timeout_is_given_back_unharmed_and_without_a_warning()
    {
        await using var emulator = await OpenAIEmulator.Start();
        using var log = new EveryLine();
        var worker = await BrokerWorker.Start(broker, prefix, emulator, ["--Logging:LogLevel:Default=Information"],
            services => services.AddLogging(logging => logging.AddProvider(log)));
        await using var client = await AmqpClient.Open(broker, prefix);
        await client.Publish("message-model", """{"jobId":"before","model":"m","messages":[{"text":"x"}]}""");
        await client.Ending("before");
        await client.Publish("message-model", Hanging);
        await Eventually.Is(() => emulator.TimesBilled("hanging") == 1);

        await worker.DisposeAsync();

        Assert.Contains("before", log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("returns to the broker", log.Text, StringComparison.Ordinal);
        await using var second = await BrokerWorker.Start(broker, prefix, emulator);
        var ending = await client.Ending("hanging");
        Assert.Equal(("completed", 1),
            (ending.Body.GetProperty("ending").GetString(), ending.Body.GetProperty("attempts").GetInt32()));
    }
}
