using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;
using RabbitMQ.Client;

namespace OpenAIWorker.Tests.Delivery.Cancelling;

/// <summary>Several workers. One of them reports that a waiting job was cancelled.</summary>
public sealed class CalledOffByOthersSpecs(BrokerFixture broker) : CalledOffScene(broker)
{
    [Fact]
    public async Task Of_several_workers_one_tells_and_none_calls_also_jobs_that_others_delayed()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var first = await BrokerWorker.Start(Broker, prefix, emulator, OneAMinute);
        await using var second = await BrokerWorker.Start(Broker, prefix, emulator, OneAMinute);
        await using var third = await BrokerWorker.Start(Broker, prefix, emulator, OneAMinute);
        await using var client = await AmqpClient.Open(Broker, prefix);
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
        var gone = await BrokerWorker.Start(Broker, prefix, emulator);
        await using var client = await AmqpClient.Open(Broker, prefix);
        await Later(client, "later", TimeSpan.FromSeconds(12));
        await gone.DisposeAsync();
        var teller = await BrokerWorker.Start(Broker, prefix, emulator);

        await client.Publish("cancel-job", """{"jobId":"later"}""");
        await client.Ending("later").WaitAsync(TimeSpan.FromSeconds(9), TestContext.Current.CancellationToken);
        await teller.DisposeAsync();
        await using var last = await BrokerWorker.Start(Broker, prefix, emulator);

        await ToldOnce(client, "later", emulator);
    }

    [Fact]
    public async Task Jobs_that_come_up_while_they_are_cancelled_have_one_ending_each()
    {
        const int many = 60;
        await using var emulator = await OpenAIEmulator.Start();
        await using var first = await BrokerWorker.Start(Broker, prefix, emulator);
        await using var second = await BrokerWorker.Start(Broker, prefix, emulator);
        await using var client = await AmqpClient.Open(Broker, prefix);
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
        // By then all have come up.
        await client.Publish("message-model", """{"jobId":"last","model":"m","messages":[{"text":"x"}]}""");
        await client.Ending("last");

        Assert.All(Endings(client), ending => Assert.Single(ending));
    }

    [Fact]
    public async Task What_no_worker_has_sealed_says_nothing_of_a_job()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await BrokerWorker.Start(Broker, prefix, emulator);
        await using var client = await AmqpClient.Open(Broker, prefix);
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
}
