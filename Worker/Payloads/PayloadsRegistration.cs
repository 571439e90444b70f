using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenAIWorker.Payloads.Fetched;
using OpenAIWorker.Payloads.Files;
using OpenAIWorker.Payloads.S3;
using OpenAIWorker.Settings;
using OpenAIWorker.Storage;

namespace OpenAIWorker.Payloads;

static class PayloadsRegistration
{
    public static IServiceCollection AddPayloads(this IServiceCollection services) => services
        .AddSettings<PayloadsOptions, PayloadsOptionsValidator>()
        .AddSingleton<IValidateOptions<PayloadsOptions>, PayloadsRules>()
        .AddSingleton<FileSystemStore>()
        .AddSingleton<S3Store>()
        .AddStoreStates()
        .AddSingleton<IPayloadStore>(host =>
            host.GetRequiredService<IOptions<PayloadsOptions>>().Value.Store == PayloadStoreKind.S3
            ? new GuardedStore(host.GetRequiredService<S3Store>(), GateOf(host, S3Faults.Of))
            : new GuardedStore(host.GetRequiredService<FileSystemStore>(), GateOf(host, FileFaults.Of)))
        // Hosted services are created before settings are checked, and the sweeper must not need them by then.
        .AddSingleton(host => new Lazy<IPayloadStore>(host.GetRequiredService<IPayloadStore>))
        .AddSingleton<Fetching>()
        .AddSingleton<ClaimChecks>()
        .AddHostedService<Sweeper>();

    static StoreGate GateOf(IServiceProvider host, Func<Exception, StoreFault?> faults) =>
        new(GuardedStore.Name, host.GetRequiredService<StoreStates>(), faults, host.GetRequiredService<TimeProvider>());
}
