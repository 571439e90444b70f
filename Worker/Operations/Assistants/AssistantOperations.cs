using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenAIWorker.Operations.Assistants.Local;
using OpenAIWorker.Operations.Assistants.Native;
using OpenAIWorker.Operations.Assistants.Notes;
using OpenAIWorker.Operations.Tenants;
using OpenAIWorker.Settings;
using OpenAIWorker.Storage;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Operations.Assistants;

/// <summary>Registers the services for the five operations, in the configured mode.</summary>
static class AssistantOperations
{
    public static IServiceCollection AddAssistantOperations(this IServiceCollection services) => services
        .AddSettings<AssistantsOptions, AssistantsRules>()
        .AddStorage()
        .AddSingleton<JobOwners>()
        .AddSingleton<JobNotes>()
        .AddSingleton<TenantGate>()
        .AddSingleton<ICallGate>(host => host.GetRequiredService<TenantGate>())
        .AddSingleton<ThreadTurns>()
        .AddSingleton<VectorStores>()
        .AddSingleton<LocalAssistants>()
        .AddSingleton<LocalMessages>()
        .AddSingleton<ConversationMessages>()
        .AddSingleton<ThreadMessages>()
        .AddSingleton<NativeAssistants>()
        .AddSingleton<NativeMessages>()
        .AddSingleton<NativeAnswer>()
        .AddSingleton<IAssistants>(host =>
            IsNative(host) ? host.GetRequiredService<NativeAssistants>() : host.GetRequiredService<LocalAssistants>())
        .AddSingleton<IAssistantMessages>(host =>
            IsNative(host) ? host.GetRequiredService<NativeMessages>() : host.GetRequiredService<LocalMessages>())
        .AddHostedService<NativeStart>();

    static bool IsNative(IServiceProvider host) =>
        host.GetRequiredService<IOptions<AssistantsOptions>>().Value.Mode == AssistantsMode.Native;
}
