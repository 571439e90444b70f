using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Settings;
using OpenAIWorker.Storage.Databases;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Storage;

/// <summary>
/// Checks before the first job whether the database can be used, if jobs will need it: a configured server, or a file
/// if records are kept. An unavailable server is accepted. Without records, the first job that needs the file creates
/// it.
/// </summary>
sealed class StorageStart(Lazy<Database> database, IOptions<StorageOptions> options, IOptions<RecordsOptions> records)
    : IHostedService
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public Task StartAsync(CancellationToken cancellationToken) =>
        options.Value.Kind == StorageKind.PostgreSQL || records.Value.IsOn
            ? Prepare(cancellationToken)
            : Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // An unavailable server delays only the jobs that need it. A server that refuses will refuse every job, which is
    // better known now.
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
            throw new SettingsException([$"{refused.Message} (Storage:Kind is {options.Value.Kind}.)"]);
        }
        catch (Exception away) when (away is FailureException or OperationCanceledException
            && !cancellation.IsCancellationRequested)
        {
            // It is logged, and the first job that needs it tries again.
        }
    }
}
