using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Upstream;

static class UpstreamRegistration
{
    public static IServiceCollection AddUpstream(this IServiceCollection services) => services
        .AddSettings<OpenAIOptions, OpenAIOptionsValidator>()
        .AddSingleton<IValidateOptions<OpenAIOptions>, CredentialRules>()
        .AddSingleton<CallTelemetry>()
        .AddSingleton<OpenAIClients>();
}
