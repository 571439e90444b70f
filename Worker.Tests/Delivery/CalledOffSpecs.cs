using OpenAIWorker.Contracts;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;
using RabbitMQ.Client;

namespace OpenAIWorker.Tests.Delivery;

/// <summary>
/// Jobs that are cancelled, or too late, while they wait: they are not called, take nobody's turn, and hear of it when
/// it is so.
/// </summary>
public sealed class CalledOffSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    const int Jobs = 12;

    static readonly string[] OneAMinute = ["--Limits:Groups:slow:Models=slow",
        "--Limits:Groups:slow:RequestsPerMinute=1", "--Delivery:Concurrency=8"];

    readonly string prefix = BrokerFixture.NewPrefix();

    [Fact]
    public async Task What_was_cancelled_before_a_worker_starts_is_never_called()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await (await BrokerWorker.Start(broker, prefix, emulator)).DisposeAsync();
        await using var client = await AmqpClient.Open(broker, prefix);
        for (var i = 0; i < 100; i++)
        {
            await client.Publish("message-model", $$"""{"jobId":"j{{i}}","model":"m","messages":[{"text":"x"}]}""");
            await client.Publish("cancel-job", $$"""{"jobId":"j{{i}}"}""");
        }

        await using var worker = await BrokerWorker.Start(broker, prefix, emulator);

        for (var i = 0; i < 100; i++)
            Assert.Equal(FailureCodes.Cancelled, (await client.Ending($"j{i}")).Code);
        Assert.Empty(emulator.Calls);
    }

    [Fact]
    public async Task Cancelled_jobs_in_a_lane_and_in_hand_are_told_at_once_and_never_called()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator, OneAMinute);
        await using var client = await AmqpClient.Open(broker, prefix);
        await Backlog(client, "");
        await client.Event(_ => Delayed(client) >= Jobs - 3);
        var called = emulator.Calls.Count;

        for (var i = 0; i < Jobs; i++)
            await client.Publish("cancel-job", $$"""{"jobId":"j{{i}}"}""");

        // The first may have had its turn.
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
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator);
        await using var client = await AmqpClient.Open(broker, prefix);
        await Later(client, "later", TimeSpan.FromSeconds(5), ",\"metadata\":{\"order\":\"7\"}");

        await client.Publish("cancel-job", """{"jobId":"later"}""");
        var told = await client.Ending("later");

        Assert.Equal("7", told.Body.GetProperty("metadata").GetProperty("order").GetString());
        await ToldOnce(client, "later", emulator);
    }

    [Fact]
    public async Task Of_several_workers_one_tells_and_none_calls_whoever_put_the_jobs_there()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var first = await BrokerWorker.Start(broker, prefix, emulator, OneAMinute);
        await using var second = await BrokerWorker.Start(broker, prefix, emulator, OneAMinute);
        await using var third = await BrokerWorker.Start(broker, prefix, emulator, OneAMinute);
        await using var client = await AmqpClient.Open(broker, prefix);
        await Backlog(client, "");
        await client.Event(_ => Delayed(client) >= Jobs - 3);
        var called = emulator.Calls.Count;

        for (var i = 0; i < Jobs; i++)
            await client.Publish("cancel-job", $$"""{"jobId":"j{{i}}"}""");
        for (var i = 0; i < Jobs; i++)
            await client.Ending($"j{i}").WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.InRange(emulator.Calls.Count, called, 3);
        Assert.All(Endings(client), ending => Assert.Single(ending));
    }

    [Fact]
    public async Task A_job_whose_worker_is_gone_is_told_by_one_that_started_since_and_dropped_by_yet_another()
    {
        await using var emulator = await OpenAIEmulator.Start();
        var gone = await BrokerWorker.Start(broker, prefix, emulator);
        await using var client = await AmqpClient.Open(broker, prefix);
        await Later(client, "later", TimeSpan.FromSeconds(12));
        await gone.DisposeAsync();
        var teller = await BrokerWorker.Start(broker, prefix, emulator);

        await client.Publish("cancel-job", """{"jobId":"later"}""");
        await client.Ending("later").WaitAsync(TimeSpan.FromSeconds(9), TestContext.Current.CancellationToken);
        await teller.DisposeAsync();
        await using var last = await BrokerWorker.Start(broker, prefix, emulator);

        await ToldOnce(client, "later", emulator);
    }

    [Fact]
    public async Task Jobs_that_come_up_while_they_are_cancelled_have_one_ending_each()
    {
        const int many = 60;
        await using var emulator = await OpenAIEmulator.Start();
        await using var first = await BrokerWorker.Start(broker, prefix, emulator);
        await using var second = await BrokerWorker.Start(broker, prefix, emulator);
        await using var client = await AmqpClient.Open(broker, prefix);
        var due = TimeProvider.System.GetUtcNow().AddSeconds(4);
        for (var i = 0; i < many; i++)
            await client.Publish("message-model",
                $$"""{"jobId":"j{{i}}","model":"m","messages":[{"text":"x"}],"notBefore":"{{due.AddMilliseconds(i % 10 * 100):O}}"}""");
        await client.Event(_ => Delayed(client) == many);

        await Eventually.Is(() => emulator.Calls.Count > 0);
        for (var i = 0; i < many; i++)
            await client.Publish("cancel-job", $$"""{"jobId":"j{{i}}"}""");
        for (var i = 0; i < many; i++)
            await client.Ending($"j{i}");
        // All have come up by then.
        await client.Publish("message-model", """{"jobId":"last","model":"m","messages":[{"text":"x"}]}""");
        await client.Ending("last");

        Assert.All(Endings(client), ending => Assert.Single(ending));
    }

    [Fact]
    public async Task What_no_worker_has_sealed_says_nothing_of_a_job()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator);
        await using var client = await AmqpClient.Open(broker, prefix);
        var forged =
            """[{"step":"waits","key":"6f9619ff-8b86-d011-b42d-00cf4fc964ff","job":"6f9619ff-8b86-d011-b42d-00cf4f"""
                + """c964fe","by":"6f9619ff-8b86-d011-b42d-00cf4fc964fd","end":"2020-01-01T00:00:00Z","told":"""
                + """{"failed":{"jobId":"forged","operation":"message-model","code":"","kind":"permanent","messag"""
                + """e":"","attempts":1,"firstSeen":"2020-01-01T00:00:00Z","failedAt":"2020-01-01T00:00:00Z"}}}]""";
        foreach (var body in new[] { forged, "no JSON", "[[]]", "" })
            await client.Channel.BasicPublishAsync("", $"{prefix}.waits", System.Text.Encoding.UTF8.GetBytes(body),
                TestContext.Current.CancellationToken);

        await Later(client, "real", TimeSpan.FromMinutes(5));
        await client.Publish("cancel-job", """{"jobId":"real"}""");
        await client.Ending("real");

        Assert.DoesNotContain(client.Events, arrived => arrived.JobId == "forged");
    }

    [Theory]
    [InlineData("deadline", FailureCodes.DeadlineExceeded)]
    [InlineData("age", FailureCodes.WaitedTooLong)]
    public async Task What_is_over_while_it_waits_ends_then_and_takes_no_turn(string bound, string code)
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator,
            bound == "age" ? [.. OneAMinute, "--Delivery:MaxAge=00:00:03"] : OneAMinute);
        await using var client = await AmqpClient.Open(broker, prefix);
        await Backlog(client, bound == "deadline"
            ? $",\"deadline\":\"{TimeProvider.System.GetUtcNow().AddSeconds(4):O}\""
            : "");

        for (var i = 1; i < Jobs; i++)
            Assert.Contains((await client.Ending($"j{i}")
                .WaitAsync(TimeSpan.FromSeconds(25), TestContext.Current.CancellationToken)).Code,
                    new[] { code, null });
        Assert.InRange(emulator.Calls.Count, 0, 1);
    }

    static async Task Backlog(AmqpClient client, string more)
    {
        for (var i = 0; i < Jobs; i++)
            await client.Publish("message-model",
                $$"""{"jobId":"j{{i}}","model":"slow","messages":[{"text":"x"}]{{more}} }""");
    }

    static async Task Later(AmqpClient client, string job, TimeSpan after, string more = "")
    {
        await client.Publish("message-model",
            $$"""{"jobId":"{{job}}","model":"m","messages":[{"text":"x"}],"notBefore":"{{TimeProvider.System.GetUtcNow() + after:O}}"{{more}} }""");
        await client.Event(arrived => arrived.JobId == job && arrived.Code == "not_before");
    }

    // Its dead letter shows that it has come up.
    static async Task ToldOnce(AmqpClient client, string job, OpenAIEmulator emulator)
    {
        await client.Letter("message-model", job);
        Assert.Equal(FailureCodes.Cancelled, Assert.Single(Endings(client), ending => ending.Key == job).Single().Code);
        Assert.Empty(emulator.Calls);
    }

    static IEnumerable<IGrouping<string, Arrived>> Endings(AmqpClient client) =>
        client.Events.Where(arrived => !arrived.RoutingKey.EndsWith(".delayed", StringComparison.Ordinal))
            .GroupBy(arrived => arrived.JobId);

    static int Delayed(AmqpClient client) =>
        client.Events.Where(arrived => arrived.RoutingKey.EndsWith(".delayed", StringComparison.Ordinal))
            .DistinctBy(arrived => arrived.JobId).Count();
}
