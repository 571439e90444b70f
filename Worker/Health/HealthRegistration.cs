using Microsoft.Extensions.DependencyInjection;
using OpenAIWorker.Settings;
using OpenAIWorker.Storage.Counts;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Health;

static class HealthRegistration
{
    /// <summary>Starts before the bus, which waits for the broker: a waiting worker is live, but not ready.</summary>
    public static IServiceCollection AddHealth(this IServiceCollection services, HealthOptions options)
    {
        services.AddSettings<HealthOptions, HealthOptionsValidator>().AddSingleton<HealthReading>()
            .AddSingleton<IWorkerStatus, StatusReading>();
        return options.Port is null ? services : services.AddHostedService<HealthServer>();
    }
}
