using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.Storage;
using OpenAIWorker.Tests.Tools;

namespace OpenAIWorker.Tests.Delivery.Records;

/// <summary>
/// A copy of a job that has seen its call, and joins it only after the ending was confirmed and the call forgotten.
/// </summary>
public sealed class LateCopySpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>, IAsyncDisposable
{
    readonly SqliteFile file = new();
    readonly string prefix = broker.CommonPrefix();

    const string Slow = """{"jobId":"j","model":"m+slow:2000","messages":[{"text":"x"}]}""";

    [Fact]
    public async Task It_gets_the_outcome_of_the_call_that_it_has_seen()
    {
        await using var emulator = await OpenAIEmulator.Start();
        AroundRecordGate gate = null!;
        gate = new(async (inner, arrival, calls) =>
        {
            var hasBegun = calls.HasBegun(arrival.Job);
            var verdict = await inner.Ask(arrival);
            if (hasBegun)
                gate.Holds();
            while (hasBegun && calls.HasBegun(arrival.Job))
                await Task.Delay(TimeSpan.FromMilliseconds(10), arrival.Cancellation);
            return verdict;
        });
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator,
            ["--Records:Keep=Endings", $"--Storage:Path={file.Path}",
                $"--Delivery:UnsentAnswers={Path.Combine(WorkerProgram.Path, "nowhere")}"], gate.Use);
        await using var client = await AmqpClient.Open(broker, prefix);

        await client.Publish("message-model", Slow, new() { MessageId = "a" });
        await Eventually.Is(() => Task.FromResult(emulator.Calls.Count == 1));
        await client.Publish("message-model", Slow, new() { MessageId = "b" });
        await gate.Held;
        await client.Event(_ => client.Endings("j").Count == 2);

        Assert.Equal(1, emulator.TimesBilled("j"));
    }

    public ValueTask DisposeAsync() => file.DisposeAsync();
}
