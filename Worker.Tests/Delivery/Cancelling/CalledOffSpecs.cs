using OpenAIWorker.Contracts;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Delivery.Cancelling;

/// <summary>
/// Jobs that are cancelled or too late while they wait: they are not called, use no turn, and end at that moment.
/// </summary>
public sealed class CalledOffSpecs(BrokerFixture broker) : CalledOffScene(broker)
{
    [Fact]
    public async Task What_was_cancelled_before_a_worker_starts_is_never_called()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await (await BrokerWorker.Start(Broker, prefix, emulator)).DisposeAsync();
        await using var client = await AmqpClient.Open(Broker, prefix);
        for (var i = 0; i < 100; i++)
        {
            await client.Publish("message-model", $$"""{"jobId":"j{{i}}","model":"m","messages":[{"text":"x"}]}""");
            await client.Publish("cancel-job", $$"""{"jobId":"j{{i}}"}""");
        }

        await using var worker = await BrokerWorker.Start(Broker, prefix, emulator);

        for (var i = 0; i < 100; i++)
            Assert.Equal(FailureCodes.Cancelled, (await client.Ending($"j{i}")).Code);
        Assert.Empty(emulator.Calls);
    }

    [Fact]
    public async Task Cancelled_jobs_in_a_lane_and_in_hand_are_told_at_once_and_never_called()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await BrokerWorker.Start(Broker, prefix, emulator, OneAMinute);
        await using var client = await AmqpClient.Open(Broker, prefix);
        await Backlog(client, "");
        await client.Event(_ => Delayed(client) >= Jobs - 3);
        var called = emulator.Calls.Count;

        for (var i = 0; i < Jobs; i++)
            await client.Publish("cancel-job", $$"""{"jobId":"j{{i}}"}""");

        // The first may already have had its turn.
        for (var i = 1; i < Jobs; i++)
            Assert.Equal(FailureCodes.Cancelled,
                (await client.Ending($"j{i}")
                    .WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken)).Code);
        Assert.Equal(called, emulator.Calls.Count);
    }

    [Fact]
    public async Task A_cancelled_job_in_the_delay_ladder_is_told_at_once_and_once_and_kept_when_it_comes_up()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await BrokerWorker.Start(Broker, prefix, emulator);
        await using var client = await AmqpClient.Open(Broker, prefix);
        await Later(client, "later", TimeSpan.FromSeconds(5), ",\"metadata\":{\"order\":\"7\"}");

        await client.Publish("cancel-job", """{"jobId":"later"}""");
        var told = await client.Ending("later");

        Assert.Equal("7", told.Body.GetProperty("metadata").GetProperty("order").GetString());
        await ToldOnce(client, "later", emulator);
    }

    [Theory]
    [InlineData("deadline", FailureCodes.DeadlineExceeded)]
    [InlineData("age", FailureCodes.WaitedTooLong)]
    public async Task What_is_over_while_it_waits_ends_then_and_takes_no_turn(string bound, string code)
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await BrokerWorker.Start(Broker, prefix, emulator,
            bound == "age" ? [.. OneAMinute, "--Delivery:MaxAge=00:00:03"] : OneAMinute);
        await using var client = await AmqpClient.Open(Broker, prefix);
        await Backlog(client, bound == "deadline"
            ? $",\"deadline\":\"{TimeProvider.System.GetUtcNow().AddSeconds(4):O}\""
            : "");

        for (var i = 1; i < Jobs; i++)
            Assert.Contains((await client.Ending($"j{i}")
                .WaitAsync(TimeSpan.FromSeconds(25), TestContext.Current.CancellationToken)).Code,
                    new[] { code, null });
        Assert.InRange(emulator.Calls.Count, 0, 1);
    }
}
