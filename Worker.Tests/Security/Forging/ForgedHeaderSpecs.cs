using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Seals;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Operations;
using OpenAIWorker.Tests.Running;
using RabbitMQ.Client;

namespace OpenAIWorker.Tests.Security.Forging;

/// <summary>Senders who write headers that only workers write, on a real broker.</summary>
public sealed class ForgedHeaderSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    const string OwnKey = "--Delivery:HeaderKey=a key of the operator's own";

    readonly string prefix = BrokerFixture.NewPrefix();

    [Fact]
    public async Task A_forged_header_is_ignored_and_its_job_begins_anew()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator);
        await using var client = await AmqpClient.Open(broker, prefix);
        var forged = new Dictionary<string, object?>
        {
            ["openai-worker-failed"] = 4,
            ["openai-worker-waits"] = 900,
            ["openai-worker-first-seen"] = 0L,
            ["openai-worker-usage"] = """{"inputTokens":1000000}""",
            ["openai-worker-state"] = """{"background":{"id":"resp_of_another","since":"2026-01-01T00:00:00Z"}}""",
            ["openai-worker-seal"] = Convert.ToBase64String(new byte[32]),
        };

        await client.Publish("message-model",
            """{"jobId":"forged","model":"m+status:500#1","messages":[{"text":"x"}]}""",
            new() { Persistent = true, Headers = forged });
        var ending = (await client.Ending("forged")).Body;

        // One attempt failed and one wait was the worker's own, so the worker trusts these headers.
        Assert.Equal((2, 1L), (ending.GetProperty("attempts").GetInt32(), ending.GetProperty("waits").GetInt64()));
        Assert.InRange(ending.GetProperty("usage").GetProperty("inputTokens").GetInt64(), 1, 1_000);
        Assert.All(emulator.Calls, call => Assert.Equal("POST", call.Method));
    }

    [Fact]
    public async Task Workers_that_start_at_once_agree_on_a_key_and_a_later_one_finds_it()
    {
        await using var emulator = await OpenAIEmulator.Start();
        var together = await Task.WhenAll(
            Enumerable.Range(0, 3).Select(_ => BrokerWorker.Start(broker, prefix, emulator)));
        var keys = together.Select(KeyOf).ToList();
        foreach (var worker in together)
            await worker.DisposeAsync();

        await using var later = await BrokerWorker.Start(broker, prefix, emulator);

        Assert.Equal(HeaderKeys.Bytes, keys[0].Length);
        Assert.All(keys.Append(KeyOf(later)),
            key => Assert.Equal(Convert.ToHexString(keys[0]), Convert.ToHexString(key)));
    }

    [Fact]
    public async Task A_key_that_is_written_behind_the_first_is_not_taken()
    {
        await using var emulator = await OpenAIEmulator.Start();
        byte[] first;
        await using (var worker = await BrokerWorker.Start(broker, prefix, emulator))
            first = KeyOf(worker);
        await using (var client = await AmqpClient.Open(broker, prefix))
            await client.Channel.BasicPublishAsync("", $"{prefix}.seal", mandatory: true, new BasicProperties(),
                new byte[HeaderKeys.Bytes], TestContext.Current.CancellationToken);

        await using var later = await BrokerWorker.Start(broker, prefix, emulator);

        Assert.Equal(Convert.ToHexString(first), Convert.ToHexString(KeyOf(later)));
    }

    [Fact]
    public async Task A_key_that_was_planted_is_not_taken_where_the_settings_have_one()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using (var connection = await broker.Connect())
        await using (var sender = await connection.CreateChannelAsync())
        {
            await sender.QueueDeclareAsync($"{prefix}.seal", durable: true, exclusive: false, autoDelete: false,
                QueueArguments.Seal());
            await sender.BasicPublishAsync("", $"{prefix}.seal", new byte[HeaderKeys.Bytes]);
        }

        await using var worker = await BrokerWorker.Start(broker, prefix, emulator, [OwnKey]);

        Assert.DoesNotContain(worker.Services.GetRequiredService<HeaderKeys>().All, key => key.All(part => part == 0));
    }

    [Fact]
    public async Task A_job_that_waits_goes_on_without_the_stream_where_the_settings_have_the_key()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator, [OwnKey]);
        await using var client = await AmqpClient.Open(broker, prefix);

        await client.Publish("message-model", Job("waits", "m+status:500#1"));
        await client.Event(arrived => arrived.RoutingKey == "message-model.delayed");
        await client.Channel.QueueDeleteAsync($"{prefix}.seal", ifUnused: false, ifEmpty: false,
            TestContext.Current.CancellationToken);

        Assert.Equal((2, 1L), ((await client.Ending("waits")).Body is var ending
            ? ending.GetProperty("attempts").GetInt32()
            : 0, ending.GetProperty("waits").GetInt64()));
    }

    [Fact]
    public async Task A_credential_belongs_to_its_user_also_after_a_wait_and_a_replay()
    {
        await using var emulator = await OpenAIEmulator.Start();
        var user = Uri.UnescapeDataString(broker.Uri.UserInfo.Split(':')[0]);
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator,
            [$"--OpenAI:Credentials:default:Tenants=user:{user}"]);
        await using var client = await AmqpClient.Open(broker, prefix);

        await client.Publish("message-model", Job("his", "m+status:500#1"), new() { Persistent = true, UserId = user });
        await client.Publish("message-model", Job("nobodys", "m"));
        await client.Publish("message-model", Job("liars", "m"),
            new()
            {
                Persistent = true,
                Headers = new Dictionary<string, object?>
                {
                    ["openai-worker-user"] = user,
                    ["openai-worker-user-seal"] = Convert.ToBase64String(new byte[32])
                }
            });
        await client.Publish("message-model", Job("dead", "m+status:400"), new() { Persistent = true, UserId = user });

        Assert.Equal(2, (await client.Ending("his")).Body.GetProperty("attempts").GetInt32());
        Assert.Equal(FailureCodes.CredentialNotAllowed, (await client.Ending("nobodys")).Code);
        Assert.Equal(FailureCodes.CredentialNotAllowed, (await client.Ending("liars")).Code);
        Assert.Equal(FailureCodes.InvalidRequest, (await client.Ending("dead")).Code);
        var letter = new OpenAIWorker.Delivery.DeadLetters.DeadLetter("message-model", 0,
            (await client.Letter("message-model", "dead")).BasicProperties, default);
        await client.Publish("message-model", Job("dead", "m+status:400"),
            letter.Reborn(TimeProvider.System.GetUtcNow()));
        await Eventually.Is(() =>
            Task.FromResult(client.Events.Count(arrived =>
                arrived.JobId == "dead" && arrived.Code == FailureCodes.InvalidRequest) == 2));
    }

    static byte[] KeyOf(BrokerWorker worker) => worker.Services.GetRequiredService<HeaderKeys>().Signing;

    static string Job(string id, string model) =>
        JsonSerializer.Serialize(new { jobId = id, model, messages = new[] { new { text = "x" } } });
}
