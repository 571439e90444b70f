using System.Text.Json;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Delivery.Lanes;

/// <summary>A tenant's name is any text that the sender writes.</summary>
public sealed class OddTenantSpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>
{
    const int Each = 3;

    static readonly string?[] Tenants =
        [null, "", " ", "a.b#*", "#", "*.*", "../../x", "a\nb", "Straße", "🦊", "\ud83e", "a\u0000b", new('x', 10_000),
            string.Concat(Enumerable.Repeat("🦊", 300)), "constructor", "A", "a"];

    readonly string prefix = broker.CommonPrefix();

    [Fact]
    public async Task Jobs_of_tenants_with_odd_names_wait_in_lanes_and_end_once()
    {
        await using var emulator = await OpenAIEmulator.Start();
        await using var worker = await BrokerWorker.Start(broker, prefix, emulator,
            ["--Limits:Tenant=tenant", "--Limits:Groups:slow:Models=slow", "--Limits:Groups:slow:RequestsPerMinute=600",
                "--Delivery:Concurrency=8"]);
        await using var client = await AmqpClient.Open(broker, prefix);
        var all = Enumerable.Range(0, Each * Tenants.Length).ToList();

        foreach (var job in all)
            await client.Publish("message-model", Job(job, Tenants[job % Tenants.Length]));
        foreach (var job in all)
            await client.Ending($"j{job}");

        Assert.All(client.Events.Where(arrived => !arrived.RoutingKey.EndsWith(".delayed", StringComparison.Ordinal))
            .CountBy(arrived => arrived.JobId), job => Assert.Equal(1, job.Value));
        Assert.Contains(client.Events, arrived => arrived.RoutingKey.EndsWith(".delayed", StringComparison.Ordinal));
    }

    static string Job(int number, string? tenant) => tenant is null
        ? $$"""{"jobId":"j{{number}}","model":"slow","messages":[{"text":"x"}]}"""
        : $$$"""{"jobId":"j{{{number}}}","model":"slow","messages":[{"text":"x"}],"metadata":{"tenant":{{{JsonSerializer.Serialize(tenant)}}}}}""";
}
