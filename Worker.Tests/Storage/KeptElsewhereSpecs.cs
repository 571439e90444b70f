using Npgsql;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Storage;

/// <summary>
/// A paid answer whose store is unavailable waits in the broker, so that it outlives the worker that made the call.
/// </summary>
public sealed class KeptElsewhereSpecs(BrokerFixture broker, PostgresServer server) : IClassFixture<BrokerFixture>
{
    readonly string prefix = broker.CommonPrefix();

    [Fact]
    public async Task Another_worker_keeps_what_the_first_one_paid_for()
    {
        await using var emulator =
            await OpenAIEmulator.Start(new EmulatorOptions { Latency = TimeSpan.FromMilliseconds(300) });
        var database = await server.NewDatabase();
        var pairs = new NpgsqlConnectionStringBuilder(database);
        using var link = new FaultyLink(pairs.Host!, pairs.Port);
        (pairs.Host, pairs.Port) = (FaultyLink.Host, link.Port);
        var first = await BrokerWorker.Start(broker, prefix, emulator, Settings(pairs.ConnectionString));
        await using var client = await AmqpClient.Open(broker, prefix);
        await client.Publish("create-assistant", """{"jobId":"ada","model":"m","name":"Ada"}""");
        await client.Ending("ada");

        await client.Publish("message-assistant", """{"jobId":"paid","assistantName":"Ada","prompt":"Hello"}""");
        await Eventually.Is(() => emulator.TimesBilled("paid") == 1);
        link.State = LinkState.Cut;
        await client.Event(arrived =>
            arrived.JobId == "paid" && arrived.RoutingKey.EndsWith(".delayed", StringComparison.Ordinal));
        await first.DisposeAsync();

        await using var second = await BrokerWorker.Start(broker, prefix, emulator, Settings(database));
        var ending = await client.Ending("paid");
        Assert.Equal(("message-assistant.completed", 1), (ending.RoutingKey, emulator.TimesBilled("paid")));
    }

    // The worker stores the conversation itself, so it needs the database after the call.
    static string[] Settings(string database) =>
        ["--Storage:Kind=PostgreSQL", $"--Storage:ConnectionString={database}",
            "--OpenAI:Credentials:default:Api=ChatCompletions"];
}
