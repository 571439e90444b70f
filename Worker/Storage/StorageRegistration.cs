using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OpenAIWorker.Storage;

static class StorageRegistration
{
    /// <summary>What all stores have in common.</summary>
    public static IServiceCollection AddStoreStates(this IServiceCollection services)
    {
        services.TryAddSingleton<StoreStates>();
        return services;
    }
}
