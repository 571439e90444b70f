using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Upstream;

static class UpstreamRegistration
{
    public static IServiceCollection AddUpstream(this IServiceCollection services) => services
        .AddSettings<OpenAIOptions, OpenAIOptionsValidator>()
        .AddSingleton<IValidateOptions<OpenAIOptions>, CredentialRules>()
        // The machine's: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY.
        .AddSingleton(_ => HttpClient.DefaultProxy)
        .AddSingleton<CallTelemetry>()
        .AddSingleton<OpenAIClients>();
}
