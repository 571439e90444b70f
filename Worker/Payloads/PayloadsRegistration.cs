using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Payloads;

static class PayloadsRegistration
{
    public static IServiceCollection AddPayloads(this IServiceCollection services) => services
        .AddSettings<PayloadsOptions, PayloadsOptionsValidator>()
        .AddSingleton<IValidateOptions<PayloadsOptions>, PayloadsRules>()
        .AddSingleton<FileSystemStore>()
        .AddSingleton<S3Store>()
        .AddSingleton<IPayloadStore>(host => host.GetRequiredService<IOptions<PayloadsOptions>>().Value.Store == PayloadStoreKind.S3
            ? host.GetRequiredService<S3Store>()
            : host.GetRequiredService<FileSystemStore>())
        // What runs with the host is made before settings are checked: the sweeper must not need them by then.
        .AddSingleton(host => new Lazy<IPayloadStore>(host.GetRequiredService<IPayloadStore>))
        .AddSingleton<Fetching>()
        .AddSingleton<ClaimChecks>()
        .AddHostedService<Sweeper>();
}
