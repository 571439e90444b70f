using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenAIWorker.Settings;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Operations.Assistants.Native;

/// <summary>Before the first job: checks whether the provider supports the configured mode.</summary>
sealed class NativeStart(OpenAIClients clients, IOptions<AssistantsOptions> options) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Mode == AssistantsMode.Native
            && await clients.WithoutAssistants(cancellationToken) is { Count: > 0 } without)
            throw new SettingsException([
                $"Assistants:Mode is Native, but the provider of credential {string.Join(", ", without)} has no "
                    + "Assistants API (OpenAI removed it on 2026-08-26). Set Assistants:Mode to Local."]);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
