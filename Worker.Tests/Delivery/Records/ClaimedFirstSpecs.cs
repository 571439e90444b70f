using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.Storage;
using OpenAIWorker.Tests.Tools;

namespace OpenAIWorker.Tests.Delivery.Records;

/// <summary>A job takes its slot when it is claimed, so that no slot waits for the database.</summary>
public sealed class ClaimedFirstSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>, IAsyncDisposable
{
    readonly SqliteFile file = new();

    [Fact]
    public async Task A_job_that_is_not_claimed_yet_keeps_no_other_from_the_only_slot()
    {
        using var release = new SemaphoreSlim(0);
        AroundRecordGate gate = null!;
        gate = new(async (inner, arrival, _) =>
        {
            if (arrival.Job.Id == "waits")
            {
                gate.Holds();
                await release.WaitAsync(arrival.Cancellation);
            }
            return await inner.Ask(arrival);
        });
        var prefix = broker.CommonPrefix();
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator,
            ["--Records:Keep=Endings", $"--Storage:Path={file.Path}", "--Delivery:Concurrency=1",
                "--Delivery:Prefetch=2"], gate.Use);
        await using var client = await AmqpClient.Open(broker, prefix);

        await client.Publish("message-model", Job("waits"), new() { MessageId = "a" });
        await gate.Held;
        await client.Publish("message-model", Job("passes"), new() { MessageId = "b" });
        await client.Event(_ => client.Endings("passes").Count == 1);
        release.Release();
        await client.Event(_ => client.Endings("waits").Count == 1);
    }

    public ValueTask DisposeAsync() => file.DisposeAsync();

    static string Job(string id) => $$"""{"jobId":"{{id}}","model":"m","messages":[{"text":"x"}]}""";
}
