using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Delivery.Transports;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Security;

/// <summary>Endings that the worker cannot publish as they are: it publishes a shorter one, once.</summary>
public sealed class UntellableEndingSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>, IDisposable
{
    readonly string prefix = broker.CommonPrefix();
    readonly LogWatch log = new("It is no longer published");

    public void Dispose() => log.Dispose();

    [Fact]
    public async Task A_failed_one_is_told_whole_then_short_then_bare()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await Start(emulator);
        await using var client = await AmqpClient.Open(broker, prefix);
        foreach (var failures in new[] { 0, 1, 2 })
            await client.Publish("message-model", Job($"j-{failures}", "m+status:400"));

        var (whole, shorter, bare) = ((await client.Ending("j-0")).Body, (await client.Ending("j-1")).Body,
            (await client.Ending("j-2")).Body);

        Assert.All(new[] { whole, shorter, bare },
            told => Assert.Equal(FailureCodes.InvalidRequest, told.GetProperty("code").GetString()));
        Assert.Equal((true, true, 400),
            (Has(whole, "metadata"), Has(whole, "error"), whole.GetProperty("status").GetInt32()));
        Assert.Equal((false, false, 400),
            (Has(shorter, "metadata"), Has(shorter, "error"), shorter.GetProperty("status").GetInt32()));
        Assert.StartsWith("m+status", shorter.GetProperty("model").GetString(), StringComparison.Ordinal);
        Assert.Equal((false, false), (Has(bare, "status"), Has(bare, "model")));
        Assert.Contains("The worker's log has the reason", bare.GetProperty("message").GetString(),
            StringComparison.Ordinal);
        foreach (var failures in new[] { 0, 1, 2 })
            Assert.Equal(1, await Letters(client, $"j-{failures}"));
    }

    [Fact]
    public async Task One_that_cannot_be_told_for_a_while_leaves_one_dead_letter_and_is_told_once()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await Start(emulator);
        await using var client = await AmqpClient.Open(broker, prefix);

        await client.Publish("message-model", Job("j-13", "m+status:400"),
            new() { MessageId = "j-13", Persistent = true });

        await client.Ending("j-13");
        await client.Publish("message-model", Job("next", "m+status:400"));
        await client.Ending("next");
        Assert.Single(client.Events, arrived => arrived.JobId == "j-13");
        Assert.Equal(1, await Letters(client, "j-13"));
    }

    [Fact]
    public async Task One_that_can_never_be_told_is_given_up_and_its_dead_letter_stays()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await Start(emulator, "--Delivery:MaxDeliveries=1");
        await using var client = await AmqpClient.Open(broker, prefix);

        await client.Publish("message-model", Job("j-1000", "m+status:400"),
            new() { MessageId = "j-1000", Persistent = true });

        var letter = await client.Letter("message-model", "j-1000");
        Assert.Equal("j-1000", letter.BasicProperties.MessageId);
        await log.Seen;
        await client.Publish("message-model", Job("next", "m+status:400"));
        await client.Ending("next");
        Assert.Equal(0, await Letters(client, "j-1000"));
        Assert.DoesNotContain(client.Events, arrived => arrived.JobId == "j-1000");
    }

    [Fact]
    public async Task A_full_dead_letter_queue_does_not_block_other_jobs()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await Start(emulator, refusesLetters: true, "--Delivery:MaxDeliveries=1");
        await using var client = await AmqpClient.Open(broker, prefix);

        await client.Publish("message-model", Job("full", "m+status:400"), new() { Persistent = true });

        Assert.Equal(FailureCodes.InvalidRequest, (await client.Ending("full")).Code);
        Assert.Single(emulator.Calls);
    }

    [Fact]
    public async Task A_result_that_cannot_be_told_ends_its_job_as_failed_with_what_it_used()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await Start(emulator);
        await using var client = await AmqpClient.Open(broker, prefix);

        await client.Publish("message-model", Job("j-1", "m"));

        var ending = await client.Ending("j-1");
        Assert.Equal(FailureCodes.WorkerError, ending.Code);
        Assert.True(ending.Body.GetProperty("usage").GetProperty("totalTokens").GetInt64() > 0);
        Assert.Equal(1, emulator.TimesBilled("j-1"));
    }

    static bool Has(JsonElement told, string member) => told.TryGetProperty(member, out _);

    static string Job(string id, string model) =>
        $$$"""{"jobId":"{{{id}}}","model":"{{{model}}}","messages":[{"text":"x"}],"metadata":{"tenant":"acme"}}""";

    async Task<int> Letters(AmqpClient client, string job)
    {
        // They go back when the channel closes.
        await using var channel = await client.NewChannel();
        var found = 0;
        while (await channel.BasicGetAsync($"{prefix}.message-model.dead", autoAck: false,
            TestContext.Current.CancellationToken) is { } letter)
        {
            if (Encoding.UTF8.GetString((byte[])letter.BasicProperties.Headers!["openai-worker-job-id"]!) == job)
                found++;
        }
        return found;
    }

    Task<BrokerWorker> Start(OpenAIEmulator emulator, params string[] settings) =>
        Start(emulator, refusesLetters: false, settings);

    Task<BrokerWorker> Start(OpenAIEmulator emulator, bool refusesLetters, params string[] settings) =>
        BrokerWorker.Start(broker, prefix, emulator,
            ["--Logging:LogLevel:Default=Critical", "--Logging:Console:LogLevel:Default=None", .. settings],
            services => services
        .AddSingleton<ILoggerProvider>(log)
        .Replace(ServiceDescriptor.Singleton<ITransport>(all =>
            new FailingTransport(ActivatorUtilities.CreateInstance<RabbitMqTransport>(
                all))
            { RefusesLetters = refusesLetters })));
}
