using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using OpenAIWorker.Cli.Signals;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli.Web;

/// <summary>Serves the web until it is stopped.</summary>
static class WebRun
{
    public static async Task<int> Run(IReadOnlyList<string> settings, CancellationToken cancellation)
    {
        var builder = WorkerHost.Web(settings);
        if (builder.Configuration.Read<BrokerOptions>().IsEmbedded)
            throw new SettingsException(
                [
                    "Broker:Uri is missing. Set it to the workers' broker, such as "
                        + "amqp://user:password@host:5672."]);
        var host = builder.Build();
        await using var ended = (IAsyncDisposable)host;
        using var hangUp = HangUp.Stops(host);
        try
        {
            await host.StartAsync(cancellation);
            await host.WaitForShutdownAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Stopped before it had started.
        }
        return ExitCodes.Success;
    }
}
