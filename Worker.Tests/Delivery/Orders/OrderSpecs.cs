using Microsoft.Extensions.DependencyInjection;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Credentials;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Orders;
using OpenAIWorker.Emulator;
using OpenAIWorker.Limits;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Delivery.Orders;

/// <summary>
/// An operator's orders to the workers of a running installation: <c>pause</c>, <c>resume</c> and <c>limits</c>.
/// </summary>
public sealed class OrderSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    static readonly MessageModel Any = new() { JobId = "j", Model = "m" };

    readonly string prefix = broker.CommonPrefix();

    [Fact]
    public async Task A_paused_credential_makes_no_calls_in_any_worker_nor_in_those_that_start_later()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using (await Start(emulator))
        {
        }
        await using var client = await AmqpClient.Open(broker, prefix);
        await using (await Start(emulator))
        await using (await Start(emulator))
        {
            Assert.Contains("default is paused until 'worker resume default'. 2 workers were told",
                await Verb("pause", "default"), StringComparison.Ordinal);
            await Eventually.Is(() => client.Events.Count(arrived => arrived.RoutingKey == "credential.paused") == 2);
            await Publish(client, "a", 4);
            await Eventually.Is(() => client.Events.Count(arrived => arrived.Code == "credential_paused") == 4);
            await client.Publish("message-model",
                """{"jobId":"other","model":"m","messages":[{"text":"x"}],"credential":"other"}""");
            await client.Ending("other");
        }
        await using (await Start(emulator))
        {
            await Publish(client, "b", 2);
            await Eventually.Is(() =>
                client.Events.Count(arrived =>
                    arrived.Code == "credential_paused" && arrived.JobId.StartsWith('b')) == 2);
            Assert.Single(emulator.Calls);
            Assert.Contains("default: paused, since", await Verb("limits", "list"), StringComparison.Ordinal);

            Assert.Contains("default is resumed. One worker was told", await Verb("resume", "default"),
                StringComparison.Ordinal);

            foreach (var job in new[] { "a0", "a1", "a2", "a3", "b0", "b1" })
                Assert.Equal("message-model.completed", (await client.Ending(job)).RoutingKey);
        }
        var paused = client.Events.First(arrived => arrived.RoutingKey == "credential.paused");
        Assert.Equal(CredentialHold.Ordered, paused.Code);
    }

    [Fact]
    public async Task A_pause_ends_by_itself_when_its_time_is_over()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await Start(emulator);
        var pauses = worker.Services.GetRequiredService<CredentialPauses>();

        await Verb("pause", "DEFAULT", "--for", "3s");
        await Eventually.Is(() => pauses.IsPaused("default"));

        await Eventually.Is(() => !pauses.IsPaused("default"));
    }

    [Fact]
    public async Task Limits_are_shared_by_all_workers_kept_over_their_restart_and_taken_back()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using (var one = await Start(emulator))
        await using (var other = await Start(emulator))
        {
            // The group exists before the order.
            Assert.Equal(double.PositiveInfinity, CallsOf(one));

            Assert.Contains("m: at most 60 requests and 9,000 tokens a minute until 'worker limits unset m'. 2 workers",
                await Verb("limits", "set", "m", "--requests", "60", "--tokens", "9000"), StringComparison.Ordinal);

            await Eventually.Is(() => CallsOf(one) is > 29 and < 31 && CallsOf(other) is > 29 and < 31);
        }
        await using var later = await Start(emulator);
        Assert.InRange(CallsOf(later), 59, 61);
        Assert.Contains("\"requestsPerMinute\":60", await Verb("limits", "list", "--json"), StringComparison.Ordinal);

        await Verb("limits", "set", "m", "--credential", "default", "--requests", "600");
        await Eventually.Is(() => CallsOf(later) > 500);
        await Verb("limits", "unset", "m", "--credential", "default");
        await Eventually.Is(() => CallsOf(later) < 61);
        await Verb("limits", "unset", "m");
        await Eventually.Is(() => double.IsPositiveInfinity(CallsOf(later)));
        Assert.Contains("set no limits", await Verb("limits", "list"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_never_ordered_cannot_be_taken_back()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await Start(emulator);

        Assert.Contains("'default' is not paused by an operator", await Verb(2, "resume", "default"),
            StringComparison.Ordinal);
        Assert.Contains("No limit is set for 'm' of every credential", await Verb(2, "limits", "unset", "m"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_worker_has_ever_run_that_is_said() =>
        Assert.Contains($"there is no queue {prefix}.orders", await Verb(2, "pause", "default"),
            StringComparison.Ordinal);

    [Fact]
    public async Task An_order_that_no_operator_of_the_installation_signed_is_let_be()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await Start(emulator);
        await using var client = await AmqpClient.Open(broker, prefix);
        var forged = new Order { Kind = OrderKind.Pause, Credential = "default", At = DateTimeOffset.UnixEpoch }
            .Written();
        foreach (var body in new[] { forged, "{}"u8.ToArray(), "nonsense"u8.ToArray(), [] })
            await client.Channel.BasicPublishAsync("", $"{prefix}.orders", mandatory: true,
                new RabbitMQ.Client.BasicProperties { MessageId = "x" }, body, TestContext.Current.CancellationToken);

        // It comes behind them.
        await Verb("limits", "set", "m", "--requests", "60");
        await Eventually.Is(() => CallsOf(worker) < 61);

        Assert.False(worker.Services.GetRequiredService<CredentialPauses>().IsPaused("default"));
    }

    static double CallsOf(BrokerWorker worker) =>
        worker.Services.GetRequiredService<RateLimiter>().CallsIn(new("default", "m"), Any, TimeSpan.FromMinutes(1));

    static async Task Publish(AmqpClient client, string name, int count)
    {
        for (var i = 0; i < count; i++)
            await client.Publish("message-model",
                $$"""{"jobId":"{{name}}{{i}}","model":"m","messages":[{"text":"x"}]}""");
    }

    Task<BrokerWorker> Start(OpenAIEmulator emulator) => BrokerWorker.Start(
        broker, prefix, emulator,
        ["--OpenAI:Credentials:other:ApiKey=any", $"--OpenAI:Credentials:other:BaseUrl={emulator.BaseUrl}"]);

    Task<string> Verb(params string[] words) => Verb(0, words);

    async Task<string> Verb(int code, params string[] words)
    {
        var (ended, said) = await ForeignProgram.Run(
            "dotnet", "", [WorkerProgram.Path, .. words, $"--Broker:Uri={broker.Uri}", $"--Broker:Prefix={prefix}"],
            new Dictionary<string, string>());
        Assert.True(ended == code, said);
        return said;
    }
}
