using Microsoft.Extensions.DependencyInjection;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Delivery.Transports;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.Storage;
using OpenAIWorker.Tests.Tools;

namespace OpenAIWorker.Tests.Delivery.Records;

/// <summary>
/// A step of a job is paid for once: a copy of its message that lacks the step continues after it.
/// </summary>
public sealed class SeveralStepsSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>, IAsyncDisposable
{
    const string Background =
        """{"jobId":"j","model":"m","messages":[{"text":"x"}],"background":true}""";

    const string Slow = """{"jobId":"j","model":"m+slow:5000","messages":[{"text":"x"}]}""";

    static readonly EmulatorOptions Takes4Seconds = new() { BackgroundTime = TimeSpan.FromSeconds(4) };

    readonly SqliteFile file = new();
    readonly string prefix = broker.CommonPrefix();

    [Theory]
    [InlineData("BeforeDelay", 1)]
    [InlineData("AfterDelay", 2)]
    public async Task A_worker_that_ends_after_a_step_leaves_the_step_to_the_next(string window, int copies)
    {
        await using var emulator = await OpenAIEmulator.Start(Takes4Seconds);
        var stopping = new StoppingPoint(Enum.Parse<Window>(window));
        await using var first = await Start(emulator, stopping.Use);
        await using var client = await AmqpClient.Open(broker, prefix);
        await client.Publish("message-model", Background, new() { MessageId = "a", Persistent = true });
        await stopping.Reached();
        await first.DisposeAsync();

        await using var second = await Start(emulator);
        await client.Event(_ => client.Endings("j").Count == copies);

        Assert.Single(emulator.Calls, call => call.Method == "POST");
        Assert.Equal(1, emulator.TimesBilled("j"));
    }

    [Fact]
    public async Task A_background_job_that_is_sent_again_asks_for_the_same_response()
    {
        await using var emulator = await OpenAIEmulator.Start(Takes4Seconds);
        await using var worker = await Start(emulator);
        await using var client = await AmqpClient.Open(broker, prefix);
        await client.Publish("message-model", Background, new() { MessageId = "a" });
        await client.Event(arrived => arrived.RoutingKey == "message-model.delayed");

        await client.Publish("message-model", Background, new() { MessageId = "b" });
        await client.Event(_ => client.Endings("j").Count == 2);

        Assert.Single(emulator.Calls, call => call.Method == "POST");
        Assert.Equal(1, emulator.TimesBilled("j"));
    }

    [Fact]
    public async Task A_job_that_is_sent_again_while_its_function_works_pays_for_no_round_twice()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await Start(emulator);
        await using var client = await AmqpClient.Open(broker, prefix);
        using var release = new SemaphoreSlim(0);
        var queue = $"tools.{Guid.NewGuid():N}";
        await using var tool = await BusTool.Start(broker, queue, _ =>
        {
            release.Wait(TestContext.Current.CancellationToken);
            return """{"json":{"degrees":12}}""";
        });
        var job = $$$"""
            {"jobId":"j","model":"m","messages":[{"text":"How is the weather?"}],"tools":[{"function":{"name":"weather",
            "parameters":{"type":"object","properties":{"city":{"type":"string"} } },"queue":"{{{queue}}}"} }] }
            """;
        await client.Publish("message-model", job, new() { MessageId = "a" });
        await Eventually.Is(() => Task.FromResult(tool.Calls.Count == 1));

        await client.Publish("message-model", job, new() { MessageId = "b" });
        await Eventually.Is(async () => await client.Channel.MessageCountAsync($"{prefix}.message-model",
            TestContext.Current.CancellationToken) == 0);
        release.Release(10);
        await client.Event(_ => client.Endings("j").Count == 2);

        Assert.Equal(2, emulator.TimesBilled("j"));
    }

    [Fact]
    public async Task Of_copies_that_have_waited_differently_a_worker_calls_one()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var one = await Start(emulator);
        await using var other = await Start(emulator);
        await using var client = await AmqpClient.Open(broker, prefix);

        // Some make way on one worker, and come to the other one, which runs the job, after they have waited.
        foreach (var copy in Enumerable.Range(0, 8))
            await client.Publish("message-model", Slow, new() { MessageId = $"{copy}" });
        await client.Event(_ => client.Endings("j").Count == 8);

        Assert.Equal(1, emulator.TimesBilled("j"));
    }

    public ValueTask DisposeAsync() => file.DisposeAsync();

    Task<BrokerWorker> Start(OpenAIEmulator emulator, Action<IServiceCollection>? change = null) =>
        BrokerWorker.Start(broker, prefix, emulator,
            ["--Records:Keep=Endings", $"--Storage:Path={file.Path}",
                $"--Delivery:UnsentAnswers={Path.Combine(WorkerProgram.Path, "nowhere")}"], change);
}
