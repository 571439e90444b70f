using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Settings;
using OpenAIWorker.Upstream.Credentials;
using OpenAIWorker.Upstream.Observing;

namespace OpenAIWorker.Upstream;

static class UpstreamRegistration
{
    /// <param name="services">The services.</param>
    /// <param name="asks">Returns the operation and model of a request.</param>
    public static IServiceCollection AddUpstream(this IServiceCollection services, Func<JobRequest, AskedFor> asks) =>
        services
        .AddSettings<OpenAIOptions, OpenAIOptionsValidator>()
        .AddSingleton<IValidateOptions<OpenAIOptions>, CredentialRules>()
        // The proxy of the environment: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY.
        .AddSingleton(_ => HttpClient.DefaultProxy)
        .AddSingleton(asks)
        .AddSingleton<CallTelemetry>()
        .AddSingleton<OpenAIClients>();
}
