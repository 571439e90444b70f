using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Delivery.Transports;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.Storage;

namespace OpenAIWorker.Tests.Delivery.Records;

/// <summary>
/// A delivery whose job another worker is processing goes into the delay ladder repeatedly. If it went unchanged, the
/// second copy would be taken for the settled first one, and be acknowledged without an ending.
/// </summary>
public sealed class MakingWaySpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>, IAsyncDisposable
{
    const string Slow = """{"jobId":"j","model":"m+slow:6000","messages":[{"text":"x"}]}""";

    readonly SqliteFile file = new();
    readonly string prefix = broker.CommonPrefix();
    readonly ConcurrentQueue<JobHeaders> delayed = new();

    [Fact]
    public async Task Each_time_that_a_delivery_makes_way_its_message_is_another_one()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var one = await Start(emulator);
        await using var other = await Start(emulator);
        await using var client = await AmqpClient.Open(broker, prefix);

        await client.Publish("message-model", Slow, new() { MessageId = "a" });
        await client.Publish("message-model", Slow, new() { MessageId = "b" });
        await client.Event(_ => client.Events.Count(arrived => arrived.JobId == "j") == 2);

        Assert.True(delayed.Count > 1, $"It made way {delayed.Count} times.");
        Assert.Equal(delayed.Count, delayed.Distinct().Count());
        Assert.Equal(1, emulator.TimesBilled("j"));
    }

    public ValueTask DisposeAsync() => file.DisposeAsync();

    // Each takes one message at a time, so each has one of the two.
    Task<BrokerWorker> Start(OpenAIEmulator emulator) => BrokerWorker.Start(broker, prefix, emulator,
        ["--Records:Keep=Endings", $"--Storage:Path={file.Path}", "--Delivery:Concurrency=1"],
        services => services.Replace(ServiceDescriptor.Singleton<ITransport>(provider =>
            new NotingTransport(ActivatorUtilities.CreateInstance<RabbitMqTransport>(provider), delayed))));
}
