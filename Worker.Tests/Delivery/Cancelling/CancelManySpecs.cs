using OpenAIWorker.Contracts;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.Storage;
using RabbitMQ.Client;

namespace OpenAIWorker.Tests.Delivery.Cancelling;

/// <summary>The jobs of a group or tenant are cancelled together, wherever they are.</summary>
public sealed class CancelManySpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>, IAsyncDisposable
{
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    readonly SqliteFile file = new();
    readonly string prefix = broker.CommonPrefix();

    [Theory]
    [InlineData("""{"group":"g"}""", false)]
    [InlineData("""{"tenant":"acme"}""", false)]
    [InlineData("""{"group":"g","tenant":"acme"}""", true)]
    public async Task Jobs_in_a_lane_in_the_ladder_and_in_a_call_are_told_at_once_and_others_go_on(string cancel,
        bool isByCommand)
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var one = await Start(emulator);
        await using var two = await Start(emulator);
        await using var client = await AmqpClient.Open(broker, prefix);
        for (var number = 0; number < 6; number++)
            await Publish(client, $"lane{number}", "slow");
        var later = TimeProvider.System.GetUtcNow().AddMinutes(5);
        await Publish(client, "later", "m", $$""","notBefore":"{{later:O}}" """);
        await Publish(client, "running", "m+slow:60000");
        await Publish(client, "other", "m+slow:3000", tenant: "other", group: "other");
        await client.Event(_ => Delayed(client) >= 5 && emulator.Calls.Count >= 2);

        if (isByCommand)
            Assert.Equal(0, (await ForeignProgram.Run("dotnet", "",
                [WorkerProgram.Path, "cancel", "--group", "g", "--tenant", "acme", $"--Broker:Uri={broker.Uri}",
                    $"--Broker:Prefix={prefix}"], new Dictionary<string, string>())).ExitCode);
        else
            await client.Publish("cancel-job", cancel, Now());

        // The first of the lane may already have had its turn.
        foreach (var job in Enumerable.Range(1, 5).Select(number => $"lane{number}").Append("later").Append("running"))
            Assert.Equal(FailureCodes.Cancelled, (await client.Ending(job)
                .WaitAsync(Soon, TestContext.Current.CancellationToken)).Code);
        Assert.Equal("message-model.completed", (await client.Ending("other")).RoutingKey);
    }

    [Fact]
    public async Task A_tenant_may_send_jobs_again_and_a_cancelled_group_stays_so()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await Start(emulator);
        await using var client = await AmqpClient.Open(broker, prefix);

        await client.Publish("cancel-job", """{"tenant":"acme"}""", Now(secondsAgo: 5));
        await client.Publish("cancel-job", """{"group":"over"}""");
        await client.Publish("cancel-job", """{"tenant":"other"}""");
        await client.Publish("cancel-job", """{"jobId":"","tenant":"acme","group":"g"}""", Now());
        await Publish(client, "again", "m");
        await Publish(client, "over", "m", group: "over");
        await Publish(client, "undated", "m", tenant: "other");

        Assert.Equal("message-model.completed", (await client.Ending("again")).RoutingKey);
        Assert.Equal("message-model.completed", (await client.Ending("undated")).RoutingKey);
        Assert.Equal(FailureCodes.Cancelled, (await client.Ending("over")).Code);
    }

    [Fact]
    public async Task What_was_cancelled_before_a_worker_starts_is_known_to_it()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await (await Start(emulator)).DisposeAsync();
        await using var client = await AmqpClient.Open(broker, prefix);
        await Publish(client, "grouped", "m", tenant: "b", group: "gone");
        await Publish(client, "owned", "m");
        await Publish(client, "free", "m", tenant: "b");
        await client.Publish("cancel-job", """{"group":"gone"}""");
        await client.Publish("cancel-job", """{"tenant":"acme"}""", Now());

        await using var worker = await Start(emulator);

        Assert.Equal(FailureCodes.Cancelled, (await client.Ending("grouped")).Code);
        Assert.Equal(FailureCodes.Cancelled, (await client.Ending("owned")).Code);
        Assert.Equal("message-model.completed", (await client.Ending("free")).RoutingKey);
    }

    public ValueTask DisposeAsync() => file.DisposeAsync();

    static BasicProperties Now(int secondsAgo = 0) => new()
    {
        Persistent = true,
        Timestamp = new(TimeProvider.System.GetUtcNow().AddSeconds(-secondsAgo).ToUnixTimeSeconds())
    };

    static Task Publish(AmqpClient client, string id, string model, string more = "", string tenant = "acme",
        string group = "g") =>
        client.Publish("message-model",
            $$$"""{"jobId":"{{{id}}}","model":"{{{model}}}","messages":[{"text":"x"}],"metadata":{"tenant":"{{{tenant}}}"},"group":{"id":"{{{group}}}","size":50}{{{more}}}}""",
            Now());

    static int Delayed(AmqpClient client) =>
        client.Events.Count(arrived => arrived.RoutingKey.EndsWith(".delayed", StringComparison.Ordinal));

    Task<BrokerWorker> Start(OpenAIEmulator emulator) => BrokerWorker.Start(broker, prefix, emulator,
        ["--Records:Keep=Endings", $"--Storage:Path={file.Path}", "--Limits:Tenant=tenant",
            "--Limits:Groups:slow:Models=slow", "--Limits:Groups:slow:RequestsPerMinute=1"]);
}
