using Microsoft.Extensions.DependencyInjection;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Seals;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Emulator;
using OpenAIWorker.Limits;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace OpenAIWorker.Tests.Delivery.Topology;

/// <summary>Somebody deletes the worker's queues or exchanges while it runs.</summary>
public sealed class TopologyRepairSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>, IAsyncLifetime
{
    readonly string prefix = BrokerFixture.NewPrefix();
    OpenAIEmulator emulator = null!;
    BrokerWorker worker = null!;
    AmqpClient client = null!;

    QueueNames QueueNames => worker.Services.GetRequiredService<QueueNames>();

    public async ValueTask InitializeAsync()
    {
        emulator = await OpenAIEmulator.Start();
        worker = await BrokerWorker.Start(broker, prefix, emulator, ["--Delivery:MaxDeliveries=3"]);
        client = await AmqpClient.Open(broker, prefix);
    }

    public async ValueTask DisposeAsync()
    {
        await client.DisposeAsync();
        await worker.DisposeAsync();
        await emulator.DisposeAsync();
    }

    [Fact]
    public async Task Without_the_exchange_of_their_results_jobs_that_are_done_are_told_once_and_called_once()
    {
        await client.Channel.ExchangeDeleteAsync(QueueNames.TypeExchange(typeof(ModelMessaged)),
            cancellationToken: TestContext.Current.CancellationToken);
        var jobs = Enumerable.Range(0, 8).Select(number => $"done-{number}").ToList();

        foreach (var job in jobs)
            await client.Publish("message-model", Job(job, "m+slow:300"));

        foreach (var job in jobs)
            Assert.Equal("message-model.completed", (await client.Ending(job)).RoutingKey);
        Assert.All(jobs, job => Assert.Equal(1, emulator.TimesBilled(job)));
        await Others_go_on();
        Assert.All(jobs, job => Assert.Single(client.Events, arrived => arrived.JobId == job));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Without_a_level_of_the_ladder_a_job_that_waits_comes_up_all_the_same(bool queue, bool exchange)
    {
        var levels = Enumerable.Range(0, DelayLadder.Levels)
            .Select(worker.Services.GetRequiredService<DelayLadder>().Level).Take(2).ToList();
        foreach (var level in levels)
        {
            if (queue)
                await client.Channel.QueueDeleteAsync(level, ifUnused: false, ifEmpty: false,
                    cancellationToken: TestContext.Current.CancellationToken);
            if (exchange)
                await client.Channel.ExchangeDeleteAsync(level,
                    cancellationToken: TestContext.Current.CancellationToken);
        }

        await client.Publish("message-model", Job("again", "m+status:500#1"));

        var ending = await client.Ending("again");
        Assert.Equal(("message-model.completed", 2),
            (ending.RoutingKey, ending.Body.GetProperty("attempts").GetInt32()));
        Assert.Equal(1, emulator.TimesBilled("again"));
        await Others_go_on();
    }

    [Fact]
    public async Task Without_a_dead_letter_queue_a_failed_job_is_kept_all_the_same()
    {
        await client.Channel.QueueDeleteAsync($"{prefix}.message-model.dead", ifUnused: false, ifEmpty: false,
            cancellationToken: TestContext.Current.CancellationToken);

        await client.Publish("message-model", Job("bad", "m+status:400"));

        Assert.Equal(FailureCodes.InvalidRequest, (await client.Ending("bad")).Code);
        await client.Letter("message-model", "bad");
    }

    [Fact]
    public async Task All_that_is_deleted_is_there_again_and_jobs_wait_fail_and_are_cancelled_as_before()
    {
        var all = await RecordedBroker.Declared(worker.Services.GetRequiredService<TopologyDeclaration>(),
            quorum: true);
        foreach (var queue in all.Queues.Keys)
            await client.Channel.QueueDeleteAsync(queue, ifUnused: false, ifEmpty: false,
                cancellationToken: TestContext.Current.CancellationToken);
        foreach (var exchange in all.Exchanges.Keys)
            await client.Channel.ExchangeDeleteAsync(exchange,
                cancellationToken: TestContext.Current.CancellationToken);

        foreach (var queue in all.Queues.Keys)
            await Eventually.Is(() => client.IsThere(queue), queue);
        foreach (var exchange in all.Exchanges.Keys)
            await Eventually.Is(() => IsThere(exchange), exchange);
        // A subscriber's binding is lost with the exchange, and only the subscriber knows it.
        await client.Channel.QueueBindAsync($"{prefix}.test-events", QueueNames.Events, "#",
            cancellationToken: TestContext.Current.CancellationToken);
        await client.Publish("message-model", Job("again", "m+status:500#1"));
        await client.Publish("message-model", Job("bad", "m+status:400"));
        Assert.Equal("message-model.completed", (await client.Ending("again")).RoutingKey);
        Assert.Equal(FailureCodes.InvalidRequest, (await client.Ending("bad")).Code);
        await client.Letter("message-model", "bad");
        await client.Publish("message-model", Job("cancelled", "m+slow:20000"));
        await client.Publish("cancel-job", """{"jobId":"cancelled"}""");
        Assert.Equal(FailureCodes.Cancelled, (await client.Ending("cancelled")).Code);
    }

    [Fact]
    public async Task Workers_count_each_other_and_agree_on_their_key_after_both_queues_were_deleted()
    {
        await using var second = await BrokerWorker.Start(broker, prefix, emulator);
        foreach (var queue in new[] { QueueNames.Workers, QueueNames.Seal })
            await client.Channel.QueueDeleteAsync(queue, ifUnused: false, ifEmpty: false,
                cancellationToken: TestContext.Current.CancellationToken);
        await client.Channel.ExchangeDeleteAsync(QueueNames.Events,
            cancellationToken: TestContext.Current.CancellationToken);
        await Eventually.Is(() => client.IsThere(QueueNames.Workers), QueueNames.Workers);

        await Eventually.Is(() => KeyIsThere(), "The key");
        await using var third = await BrokerWorker.Start(broker, prefix, emulator);

        await Eventually.Is(() => Replicas(worker) == 3 && Replicas(second) == 3 && Replicas(third) == 3);
        Assert.Equal(Key(worker), Key(third));
        Assert.Equal(Key(second), Key(third));
    }

    async Task<bool> KeyIsThere()
    {
        await using var asking = await client.NewChannel();
        return await asking.MessageCountAsync(QueueNames.Seal, TestContext.Current.CancellationToken) > 0;
    }

    static double Replicas(BrokerWorker worker) => worker.Services.GetRequiredService<RateLimiter>().Replicas;

    static byte[] Key(BrokerWorker worker) => worker.Services.GetRequiredService<HeaderKeys>().Signing;

    async Task<bool> IsThere(string exchange)
    {
        await using var asking = await client.NewChannel();
        try
        {
            await asking.ExchangeDeclarePassiveAsync(exchange, TestContext.Current.CancellationToken);
            return true;
        }
        catch (OperationInterruptedException)
        {
            return false;
        }
    }

    async Task Others_go_on()
    {
        await client.Publish("message-model", Job("next", "m"));
        Assert.Equal("message-model.completed", (await client.Ending("next")).RoutingKey);
    }

    static string Job(string id, string model) =>
        $$"""{"jobId":"{{id}}","model":"{{model}}","messages":[{"text":"x"}]}""";
}
