using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAIWorker.Cli.Signals;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Broker.Watching;
using OpenAIWorker.Delivery.Endpoints;
using OpenAIWorker.Settings;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Cli;

/// <summary>Runs the worker, and logs a line when it starts and a line when it has stopped.</summary>
static partial class WorkerRun
{
    public static async Task<int> Run(IReadOnlyList<string> settings, CancellationToken cancellation)
    {
        var builder = WorkerHost.Worker(settings);
        var broker = builder.Configuration.Read<BrokerOptions>();
        if (broker.IsEmbedded)
            throw new SettingsException(
                [
                    "Broker:Uri is missing. Set it to amqp://user:password@host:5672, so that jobs can reach the "
                        + "worker; or run jobs from a file, which needs no broker: worker batch jobs.jsonl"]);
        var host = builder.Build();
        await using var ended = (IAsyncDisposable)host;
        using var hangUp = HangUp.Stops(host);
        var log = new Log(host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("OpenAIWorker"));
        try
        {
            // A worker with wrong settings ends before it asks the broker for anything.
            host.Services.GetRequiredService<IStartupValidator>().Validate();
            host.Services.GetRequiredService<BrokerStart>().Begin();
            await host.StartAsync(cancellation);
            log.Started(Version, BrokerNodes.Shown(broker), broker.Prefix,
                string.Join(", ", builder.Configuration.Read<OpenAIOptions>().Credentials.Keys),
                builder.Configuration[RecordsDefault.Setting]!);
            await host.WaitForShutdownAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested || IsStopping(host))
        {
            // Stopped before it had started, or the time to stop was over. Unconfirmed messages are still with the
            // broker.
        }
        // The host stops when one of its services fails, and does not report that as an error.
        if (host.Services.GetServices<IHostedService>().OfType<BackgroundService>()
            .Select(part => part.ExecuteTask?.Exception).FirstOrDefault(failed => failed is not null) is { } fault)
            throw fault;
        log.Stopped();
        return host.Services.GetRequiredService<WorkerExit>().Code;
    }

    static bool IsStopping(IHost host) =>
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;

    static string Version =>
        typeof(
            WorkerRun).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split(
                '+')[0] ?? "unknown";

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(20, LogLevel.Information,
            "OpenAI Worker {Version} takes jobs from {Broker}, queues {Prefix}.*, with the credentials {Credentials}. "
                + "Records:Keep is {Keep}")]
        public partial void Started(string version, string broker, string prefix, string credentials, string keep);

        [LoggerMessage(21, LogLevel.Information, "Stopped")]
        public partial void Stopped();
    }
}
