using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenAIWorker.Settings;
using OpenAIWorker.Settings.Secrets;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace OpenAIWorker.Telemetry;

/// <summary>
/// Exports traces, metrics and logs by OTLP, by the <c>OTEL_*</c> variables:
/// https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
/// </summary>
static class OtlpExport
{
    const string ServiceName = "openai-worker";

    // Memory, collections and threads, as the runtime measures them.
    const string RuntimeMeter = "System.Runtime";

    static readonly string[] Signals = ["TRACES", "METRICS", "LOGS"];

    /// <summary>Whether the settings ask for an export.</summary>
    public static bool IsWanted(IConfiguration settings) =>
        !string.Equals(settings["OTEL_SDK_DISABLED"], "true", StringComparison.OrdinalIgnoreCase)
        && (settings.Read<TelemetryOptions>().Otlp
            ?? (Has(settings, "OTEL_EXPORTER_OTLP_ENDPOINT")
                || Signals.Any(signal => Has(settings, $"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"))));

    public static void Add(HostApplicationBuilder builder)
    {
        var settings = builder.Configuration;
        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(resource => resource
            .AddService(settings["OTEL_SERVICE_NAME"] is { Length: > 0 } name ? name : ServiceName,
                serviceVersion: typeof(OtlpExport).Assembly.GetName().Version?.ToString(3))
            .AddEnvironmentVariableDetector());
        if (IsExported(settings, "TRACES"))
            telemetry.WithTracing(traces =>
                traces.AddSource(WorkerTrace.Name)
                    .AddProcessor(host => new MaskedSpans(host.GetRequiredService<OwnSecrets>())).AddOtlpExporter());
        if (IsExported(settings, "METRICS"))
            telemetry.WithMetrics(metrics => metrics.AddMeter(WorkerMeter.Name, RuntimeMeter).AddOtlpExporter());
        builder.Logging.Quieten<OpenTelemetryLoggerProvider>();
        if (IsExported(settings, "LOGS"))
            telemetry.WithLogging(logs =>
                logs.AddProcessor(host => new MaskedLogs(host.GetRequiredService<OwnSecrets>())).AddOtlpExporter(),
                logs => logs.IncludeFormattedMessage = true);
    }

    // OTEL_TRACES_EXPORTER=none turns one signal off.
    static bool IsExported(ConfigurationManager settings, string signal) =>
        !string.Equals(settings[$"OTEL_{signal}_EXPORTER"], "none", StringComparison.OrdinalIgnoreCase);

    static bool Has(IConfiguration settings, string name) => !string.IsNullOrWhiteSpace(settings[name]);
}
