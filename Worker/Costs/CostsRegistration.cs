using Microsoft.Extensions.DependencyInjection;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Costs;

static class CostsRegistration
{
    public static IServiceCollection AddCosts(this IServiceCollection services) => services
        .AddSettings<CostsOptions, CostRules>()
        .AddSingleton<PriceList>()
        .AddSingleton<CostMetrics>();
}
