using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;

namespace OpenAIWorker.Tests.Running;

/// <summary>The real host on a real broker.</summary>
sealed class BrokerWorker(IHost host) : IAsyncDisposable
{
    public IServiceProvider Services => host.Services;

    public static Task<BrokerWorker> Start(
        BrokerFixture broker, string prefix, OpenAIEmulator? emulator, IReadOnlyList<string>? settings = null,
        Action<IServiceCollection>? change = null) =>
        Start(broker.Uri, prefix, emulator, settings, change);

    public static async Task<BrokerWorker> Start(
        Uri broker, string prefix, OpenAIEmulator? emulator, IReadOnlyList<string>? settings = null,
        Action<IServiceCollection>? change = null)
    {
        var builder = WorkerHost.Worker(
            [$"--Broker:Uri={broker.OriginalString}", $"--Broker:Prefix={prefix}", "--Delivery:Concurrency=8",
                "--Delivery:StopTimeout=00:00:01", .. TestSettings.For(emulator), .. settings ?? []]);
        change?.Invoke(builder.Services);
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new(host);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
    }
}
