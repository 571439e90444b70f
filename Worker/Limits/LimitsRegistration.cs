using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenAIWorker.Settings;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Limits;

static class LimitsRegistration
{
    public static IServiceCollection AddLimits(this IServiceCollection services) => services
        .AddSettings<LimitsOptions, LimitsOptionsValidator>()
        .AddSingleton<IValidateOptions<LimitsOptions>, LimitRules>()
        .AddSingleton<WorkerMeter>()
        .AddSingleton<LimitMetrics>()
        .AddSingleton<RateLimiter>();
}
