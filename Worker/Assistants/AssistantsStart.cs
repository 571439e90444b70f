using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Settings;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Assistants;

/// <summary>Before the first job: whether the mode and the store that are set can work. A server may be away; a file is made by the first job that needs it.</summary>
sealed class AssistantsStart(Lazy<Database> database, OpenAIClients clients, IOptions<AssistantsOptions> options) : IHostedService
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Store == AssistantsStore.PostgreSQL)
            await Prepare(cancellationToken);
        if (options.Value.Mode == AssistantsMode.Native)
            await Ask(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // A server that is away keeps no job waiting that does not need it. One that refuses will refuse every job, which is better known now.
    async Task Prepare(CancellationToken cancellation)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timer.CancelAfter(Patience);
        try
        {
            await database.Value.Prepare(timer.Token);
        }
        catch (FailureException refused) when (refused.Failure.Code == FailureCodes.StoreRefused)
        {
            throw new SettingsException([$"{refused.Message} (Assistants:Store is PostgreSQL.)"]);
        }
        catch (Exception away) when (away is FailureException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            // It is in the log, and looked for again by the first job that needs it.
        }
    }

    async Task Ask(CancellationToken cancellation)
    {
        if (await clients.WithoutAssistants(cancellation) is { Count: > 0 } without)
            throw new SettingsException([
                $"Assistants:Mode is Native, but the provider of credential {string.Join(", ", without)} has no Assistants API (OpenAI removed it on 2026-08-26). Set Assistants:Mode to Local."]);
    }
}
