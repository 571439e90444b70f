using Microsoft.Extensions.DependencyInjection;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Health;

static class HealthRegistration
{
    /// <summary>Before the bus, which waits for the broker: a worker that waits lives, and is not ready.</summary>
    public static IServiceCollection AddHealth(this IServiceCollection services, HealthOptions options)
    {
        services.AddSettings<HealthOptions, HealthOptionsValidator>().AddSingleton<HealthReading>();
        return options.Port is null ? services : services.AddHostedService<HealthServer>();
    }
}
