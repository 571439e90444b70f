using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Payloads;
using OpenAIWorker.Settings;
using OpenAIWorker.Storage.Databases;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Cli.Check;

static class CheckRun
{
    public static async Task<int> Run(IReadOnlyList<string> settings, bool connect, CancellationToken cancellation)
    {
        var builder = WorkerHost.Worker(settings);
        foreach (var (path, value) in EffectiveSettings.Of(builder.Configuration, SettingsCatalog.Settings))
            Console.Out.WriteLine($"{path} = {value}");
        using var host = builder.Build();
        // Throws if a value is out of range. The settings are shown first, because they are needed to correct it.
        host.Services.GetRequiredService<IStartupValidator>().Validate();
        return connect ? await Connect(host.Services, cancellation) : ExitCodes.Success;
    }

    static async Task<int> Connect(IServiceProvider services, CancellationToken cancellation)
    {
        var reports =
            new List<ProbeReport> { await BrokerProbe.Run(services.GetRequiredService<IOptions<BrokerOptions>>().Value,
                services.GetRequiredService<TopologyDeclaration>(), cancellation) };
        reports.AddRange(await services.GetRequiredService<OpenAIClients>().Probe(cancellation));
        reports.AddRange(await DatabaseProbe.Run(services, cancellation));
        reports.Add(await PayloadProbe.Run(services.GetRequiredService<IPayloadStore>(),
            services.GetRequiredService<IOptions<PayloadsOptions>>().Value, cancellation));
        foreach (var report in reports)
            Told.Out($"{(report.IsGood ? "ok    " : "FAILED")} {report.What}: {report.Says}");
        return reports.TrueForAll(report => report.IsGood) ? ExitCodes.Success : ExitCodes.Failed;
    }
}
