using Microsoft.Extensions.DependencyInjection;

namespace OpenAIWorker.Payloads;

static class PayloadsRegistration
{
    public static IServiceCollection AddPayloads(this IServiceCollection services) => services.AddSingleton<ClaimChecks>();
}
