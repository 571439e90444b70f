using Microsoft.Extensions.DependencyInjection;

namespace OpenAIWorker.Operations.Other;

/// <summary>What calls of any endpoint need beside the calls themselves.</summary>
static class OtherOperations
{
    public static IServiceCollection AddOtherOperations(this IServiceCollection services) =>
        services.AddSingleton<ApiPolls>();
}
