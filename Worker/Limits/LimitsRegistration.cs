using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Limits;

static class LimitsRegistration
{
    public static IServiceCollection AddLimits(this IServiceCollection services) => services
        .AddSettings<LimitsOptions, LimitsOptionsValidator>()
        .AddSingleton<IValidateOptions<LimitsOptions>, LimitRules>()
        .AddSingleton<LimitMetrics>()
        .AddSingleton<RateLimiter>();
}
