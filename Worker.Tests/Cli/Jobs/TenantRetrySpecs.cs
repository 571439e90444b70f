using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.Storage;

namespace OpenAIWorker.Tests.Cli.Jobs;

/// <summary>Each tenant has its own ids: two jobs with one id are two jobs.</summary>
public sealed class TenantRetrySpecs(BrokerFixture broker) : IClassFixture<BrokerFixture>, IAsyncLifetime
{
    readonly SqliteFile file = new();
    readonly string prefix = broker.CommonPrefix();
    OpenAIEmulator emulator = null!;
    BrokerWorker worker = null!;
    AmqpClient client = null!;

    public async ValueTask InitializeAsync()
    {
        emulator = await OpenAIEmulator.Start();
        worker = await BrokerWorker.Start(broker, prefix, emulator,
            ["--Limits:Tenant=tenant", "--Records:Keep=Endings", $"--Storage:Path={file.Path}"]);
        client = await AmqpClient.Open(broker, prefix);
        foreach (var tenant in new[] { "first", "second" })
        {
            await client.Publish("message-model",
                $$"""
                {"jobId":"same","model":"m+status:400","messages":[{"text":"x"}],"metadata":{"tenant":"{{tenant}}"} }
                """);
            await client.Event(_ => TenantsThatEnded().Contains(tenant));
        }
    }

    [Fact]
    public async Task Only_the_job_of_the_tenant_is_sent_again()
    {
        Assert.Equal((0, "same was sent again."), await Retry("--tenant", "second"));
        await client.Event(_ => TenantsThatEnded().Count == 3);

        Assert.Equal(["first", "second", "second"], TenantsThatEnded());
    }

    [Fact]
    public async Task Without_a_tenant_it_is_not_guessed() =>
        Assert.Equal((1, "same is a job of 2 tenants. Name one: --tenant NAME."), await Retry());

    public async ValueTask DisposeAsync()
    {
        await client.DisposeAsync();
        await worker.DisposeAsync();
        await emulator.DisposeAsync();
        await file.DisposeAsync();
    }

    async Task<(int Code, string Said)> Retry(params string[] more)
    {
        var (code, said) = await ForeignProgram.Run("dotnet", "",
            [WorkerProgram.Path, "jobs", "retry", "same", $"--Broker:Uri={broker.Uri}", $"--Broker:Prefix={prefix}",
                $"--Storage:Path={file.Path}", .. more], new Dictionary<string, string>());
        return (code, said.Trim());
    }

    List<string?> TenantsThatEnded() => [.. client.Endings("same")
        .Select(ending => ending.Body.GetProperty("metadata").GetProperty("tenant").GetString())];
}
