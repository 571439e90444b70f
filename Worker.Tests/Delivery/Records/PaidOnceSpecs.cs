using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Emulator;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Delivery.Transports;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.Storage;

namespace OpenAIWorker.Tests.Delivery.Records;

/// <summary>A job is paid for once, whichever worker has it and whenever a worker ends.</summary>
public sealed class PaidOnceSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>, IAsyncDisposable
{
    const string Job = """{"jobId":"j","model":"m","messages":[{"text":"x"}]}""";
    const string Slow = """{"jobId":"j","model":"m+slow:2500","messages":[{"text":"x"}]}""";

    readonly SqliteFile file = new();
    readonly string prefix = broker.CommonPrefix();

    [Theory]
    [InlineData("BeforePublish", 1)]
    [InlineData("BeforeAck", 2)]
    public async Task A_worker_that_ends_after_the_commit_costs_no_second_call(string window, int expected)
    {
        await using var emulator = await OpenAIEmulator.Start();
        var stopping = new StoppingPoint(Enum.Parse<Window>(window));
        await using var first = await Start(emulator, stopping.Use);
        await using var client = await AmqpClient.Open(broker, prefix);
        await client.Publish("message-model", Job);
        await stopping.Reached();
        await first.DisposeAsync();

        await using var second = await Start(emulator);
        await client.Event(_ => client.Endings("j").Count >= expected);

        Assert.Equal(1, emulator.TimesBilled("j"));
        Assert.Single(client.Endings("j")
            .Select(ending => (ending.Properties.MessageId, JsonSerializer.Serialize(ending.Body))).Distinct());
    }

    [Fact]
    public async Task While_one_worker_calls_another_waits_for_its_ending()
    {
        await using var emulator = await OpenAIEmulator.Start();
        // Each takes one message at a time, so each has one of the two.
        await using var one = await Start(emulator, settings: "--Delivery:Concurrency=1");
        await using var other = await Start(emulator, settings: "--Delivery:Concurrency=1");
        await using var client = await AmqpClient.Open(broker, prefix);

        await client.Publish("message-model", Slow, new() { MessageId = "a" });
        await client.Publish("message-model", Slow, new() { MessageId = "b" });
        await client.Event(_ => client.Endings("j").Count == 2);

        Assert.Equal(1, emulator.TimesBilled("j"));
        Assert.Single(client.Endings("j")
            .Select(ending => (ending.Properties.MessageId, JsonSerializer.Serialize(ending.Body))).Distinct());
        Assert.DoesNotContain(client.Events,
            arrived => arrived.RoutingKey.EndsWith(".delayed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_call_whose_delivery_is_gone_is_told_by_the_next_worker()
    {
        await using var emulator = await OpenAIEmulator.Start();
        var stopping = new StoppingPoint(Window.BeforePublish);
        await using var first = await Start(emulator, stopping.Use);
        await using var client = await AmqpClient.Open(broker, prefix);
        await client.Publish("message-model", Job, new() { MessageId = "a" });
        await stopping.Reached();

        // The first one is still alive, and hangs with an answer that is paid for.
        await using var second = await Start(emulator);
        await client.Publish("message-model", Job, new() { MessageId = "b" });
        await client.Publish("message-model", Job, new() { MessageId = "c" });
        await client.Ending("j");

        Assert.Equal(1, emulator.TimesBilled("j"));
    }

    [Fact]
    public async Task A_conflict_does_not_pass_for_a_copy_of_the_jobs_ending()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await Start(emulator);
        await using var client = await AmqpClient.Open(broker, prefix);
        await client.Publish("message-model", """{"jobId":"j","model":"m+status:404","messages":[{"text":"x"}]}""");
        var ending = await client.Ending("j");

        await client.Publish("message-model", """{"jobId":"j","model":"m","messages":[{"text":"other"}]}""");
        var conflict = await client.Event(arrived => arrived.Code == "job_id_conflict");

        Assert.Equal(("message-model.failed", "message-model.failed"), (ending.RoutingKey, conflict.RoutingKey));
        Assert.NotEqual(ending.Properties.MessageId, conflict.Properties.MessageId);
    }

    [Fact]
    public async Task A_dead_letter_that_is_replayed_begins_its_job_anew()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await Start(emulator);
        await using var client = await AmqpClient.Open(broker, prefix);
        await client.Publish("message-model", """{"jobId":"j","model":"m+status:400#1","messages":[{"text":"x"}]}""");
        Assert.Equal("message-model.failed", (await client.Ending("j")).RoutingKey);

        var (code, said) = await ForeignProgram.Run(
            "dotnet", "", [WorkerProgram.Path, "jobs", "retry", "j", $"--Broker:Uri={broker.Uri}",
                $"--Broker:Prefix={prefix}", $"--Storage:Path={file.Path}"], new Dictionary<string, string>());

        Assert.True(code == 0, said);
        Assert.Contains("j was sent again.", said, StringComparison.Ordinal);
        await client.Event(arrived => arrived.RoutingKey == "message-model.completed");
    }

    [Fact]
    public async Task A_job_whose_dead_letter_is_gone_is_sent_again_from_the_request_that_is_kept()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await Start(emulator, settings: "--Records:Keep=Everything");
        await using var client = await AmqpClient.Open(broker, prefix);
        await client.Publish("message-model", """{"jobId":"j","model":"m+status:400#1","messages":[{"text":"x"}]}""");
        await client.Ending("j");
        await client.Letter("message-model", "j");

        var (code, said) = await ForeignProgram.Run(
            "dotnet", "", [WorkerProgram.Path, "jobs", "retry", "j", $"--Broker:Uri={broker.Uri}",
                $"--Broker:Prefix={prefix}", $"--Storage:Path={file.Path}"], new Dictionary<string, string>());

        Assert.True(code == 0, said);
        Assert.Contains("j was sent again, from its record.", said, StringComparison.Ordinal);
        await client.Event(arrived => arrived.RoutingKey == "message-model.completed");
    }

    [Fact]
    public async Task A_job_that_is_cancelled_while_it_waits_ends_in_its_record_too()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await Start(emulator);
        await using var client = await AmqpClient.Open(broker, prefix);
        await client.Publish("message-model",
            $$"""{"jobId":"off","model":"m","messages":[{"text":"x"}],"notBefore":"{{InFiveMinutes:O}}"}""");
        await client.Event(arrived => arrived.RoutingKey.EndsWith(".delayed", StringComparison.Ordinal));

        await client.Publish("cancel-job", """{"jobId":"off"}""");
        await client.Ending("off");

        var record = Assert.Single(
            await new RecordSearch(file.Database).Find(["off"], null, TestContext.Current.CancellationToken));
        Assert.Equal(("failed", "cancelled"), (record.State, record.Code));
    }

    static DateTimeOffset InFiveMinutes => TimeProvider.System.GetUtcNow().AddMinutes(5);

    public ValueTask DisposeAsync() => file.DisposeAsync();

    Task<BrokerWorker> Start(OpenAIEmulator emulator, Action<IServiceCollection>? change = null,
        params string[] settings) => BrokerWorker.Start(
        // Like a kill: an orderly stop would save what is paid for.
        broker, prefix, emulator,
        ["--Records:Keep=Endings", $"--Storage:Path={file.Path}",
            $"--Delivery:UnsentAnswers={Path.Combine(WorkerProgram.Path, "nowhere")}", .. settings], change);
}
