using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenAIWorker.Settings;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Assistants;

/// <summary>Before the first job: whether the mode and the store that are set can work. A file needs no server, and is made by the first job that needs it.</summary>
sealed class AssistantsStart(IServiceProvider services, IOptions<AssistantsOptions> options) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Store == AssistantsStore.PostgreSQL)
            await Prepare(cancellationToken);
        if (options.Value.Mode == AssistantsMode.Native)
            await Ask(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    async Task Prepare(CancellationToken cancellation)
    {
        try
        {
            await services.GetRequiredService<Database>().Prepare(cancellation);
        }
        catch (DbException away)
        {
            throw new SettingsException([$"The server of Assistants:ConnectionString cannot be used: {away.GetBaseException().Message} Start it, or set Assistants:ConnectionString to another."]);
        }
    }

    async Task Ask(CancellationToken cancellation)
    {
        if (await services.GetRequiredService<OpenAIClients>().WithoutAssistants(cancellation) is { Count: > 0 } without)
            throw new SettingsException([
                $"Assistants:Mode is Native, but the provider of credential {string.Join(", ", without)} has no Assistants API (OpenAI removed it on 2026-08-26). Set Assistants:Mode to Local."]);
    }
}
