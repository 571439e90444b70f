using Microsoft.Extensions.DependencyInjection;

namespace OpenAIWorker.Telemetry;

static class TelemetryRegistration
{
    public static IServiceCollection AddTelemetry(this IServiceCollection services) => services
        .AddMetrics()
        .AddSingleton<WorkerMeter>()
        .AddSingleton<ModelNames>()
        .AddSingleton<ClockSkew>();
}
