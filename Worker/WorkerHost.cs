using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using OpenAIWorker.Costs;
using OpenAIWorker.Delivery;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Health;
using OpenAIWorker.Limits;
using OpenAIWorker.Operations;
using OpenAIWorker.Operations.Assistants;
using OpenAIWorker.Operations.Other;
using OpenAIWorker.Operations.Text;
using OpenAIWorker.Payloads;
using OpenAIWorker.Settings;
using OpenAIWorker.Settings.Secrets;
using OpenAIWorker.Storage;
using OpenAIWorker.Telemetry;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Credentials;
using OpenAIWorker.Web;

namespace OpenAIWorker;

/// <summary>Builds the worker's host from settings. Of several sources the last one wins.</summary>
static class WorkerHost
{
    // With date and zone, as in RFC 3339.
    const string Timestamp = "yyyy-MM-ddTHH:mm:ss.fffZ";

    // The log levels if no setting gives them. The appsettings.json beside the program says the same, but may be
    // missing.
    static readonly Dictionary<string, string?> LogLevels = new()
    {
        ["Logging:LogLevel:Default"] = nameof(LogLevel.Information),
        ["Logging:LogLevel:MassTransit"] = nameof(LogLevel.Warning),
        ["Logging:LogLevel:Microsoft.Hosting"] = nameof(LogLevel.Warning),
        ["Logging:LogLevel:Microsoft.AspNetCore"] = nameof(LogLevel.Warning),
    };

    /// <summary>
    /// A host without services: settings, checked for names and types, and logging to standard error.
    /// </summary>
    /// <param name="arguments">Settings as <c>--Delivery:Concurrency=8</c>.</param>
    /// <exception cref="SettingsException">A setting is unknown or cannot be read.</exception>
    public static HostApplicationBuilder Settings(IReadOnlyList<string> arguments)
    {
        var builder = Host.CreateEmptyApplicationBuilder(
            new() { ApplicationName = "openai-worker", DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(LogLevels);
        builder.Configuration.AddInMemoryCollection(EnvironmentNames.AsSettings(Environment.GetEnvironmentVariable));
        builder.Configuration.AddFiles(arguments);
        builder.Configuration.AddEnvironmentVariables()
            .AddCommandLine([.. arguments.Where(argument => !SettingsFiles.IsWord(argument))]);
        SettingsCheck.Names(builder.Configuration, SettingsCatalog.Settings, arguments);
        RecordsDefault.Add(builder.Configuration);
        builder.Services.AddSingleton(TimeProvider.System)
            .AddSingleton(OwnSecrets.Of(builder.Configuration, SettingsCatalog.Settings)).AddTelemetry();
        Log(builder);
        if (OtlpExport.IsWanted(builder.Configuration))
            OtlpExport.Add(builder);
        return builder;
    }

    /// <summary>The worker: consumers of all operations, on the transport that the settings name.</summary>
    public static HostApplicationBuilder Worker(IReadOnlyList<string> arguments)
    {
        var builder = Settings(arguments);
        builder.Services.AddHostedService(services =>
            ActivatorUtilities.CreateInstance<SettingsReload>(services, () => Worker(arguments)));
        // Does nothing unless Windows started the program as a service.
        builder.Services.AddWindowsService();
        builder.Services.AddHealth(builder.Configuration.Read<HealthOptions>());
        builder.Services.AddWeb(builder.Configuration.Read<WebOptions>())
            .AddSingleton<IValidateOptions<WebOptions>, WebNeedsRecords>();
        builder.Services
            .AddUpstream(OperationCatalog.CallOf)
            .AddPayloads()
            .AddLimits()
            .AddCosts()
            .AddTextOperations()
            .AddOtherOperations()
            .AddAssistantOperations()
            .AddDelivery(builder.Configuration.Read<BrokerOptions>());
        return builder;
    }

    /// <summary>The web alone: it sends jobs to workers, and reads their records.</summary>
    public static HostApplicationBuilder Web(IReadOnlyList<string> arguments)
    {
        var builder = Settings(arguments);
        var web = builder.Configuration.Read<WebOptions>();
        builder.Services.AddWindowsService();
        builder.Services.AddWeb(web with { Port = web.Port ?? WebOptions.UsualPort })
            .AddDatabase()
            .AddPayloads()
            .AddCosts()
            .AddReplies(builder.Configuration.Read<BrokerOptions>(), null, TimeSpan.Zero);
        return builder;
    }

    // Standard output belongs to the verbs, whose results people pipe. This comes before the settings, which override
    // it: Logging:Console:FormatterName.
    static void Log(HostApplicationBuilder builder)
    {
        builder.Services.Configure<ConsoleLoggerOptions>(console =>
        {
            console.FormatterName = ConsoleFormatterNames.Simple;
            console.LogToStandardErrorThreshold = LogLevel.Trace;
        });
        builder.Services.Configure<SimpleConsoleFormatterOptions>(console =>
        {
            console.SingleLine = true;
            console.ColorBehavior = LoggerColorBehavior.Default;
            (console.UseUtcTimestamp, console.TimestampFormat) = (true, $"{Timestamp} ");
        });
        builder.Services.Configure<JsonConsoleFormatterOptions>(console =>
            (console.UseUtcTimestamp, console.TimestampFormat) = (true, Timestamp));
        // Does nothing unless systemd started the program; there the journal adds the times.
        builder.Services.AddSystemd();
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddConsole();
        builder.Services.MaskConsole();
        builder.Logging.Quieten<ConsoleLoggerProvider>();
    }
}
