using Microsoft.Extensions.DependencyInjection;

namespace OpenAIWorker.Operations.Other;

/// <summary>The services for calls of any endpoint.</summary>
static class OtherOperations
{
    public static IServiceCollection AddOtherOperations(this IServiceCollection services) =>
        services.AddSingleton<ApiPolls>();
}
