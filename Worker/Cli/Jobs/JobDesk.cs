using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAIWorker.Settings;
using OpenAIWorker.Storage;
using OpenAIWorker.Storage.Counts;
using OpenAIWorker.Storage.Databases;
using OpenAIWorker.Storage.Groups;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Cli.Jobs;

/// <summary>Reads the records of the workers whose database the settings name.</summary>
sealed class JobDesk : IAsyncDisposable
{
    readonly ServiceProvider services;

    JobDesk(ServiceProvider services) => this.services = services;

    public RecordSearch Records => services.GetRequiredService<RecordSearch>();

    public JobSums Sums => services.GetRequiredService<JobSums>();

    public RecordGroups Groups => services.GetRequiredService<RecordGroups>();

    public ContentCipher Cipher => services.GetRequiredService<ContentCipher>();

    public TimeProvider Clock => services.GetRequiredService<TimeProvider>();

    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <exception cref="SettingsException">The database file does not exist.</exception>
    public static JobDesk Open(IReadOnlyList<string> settings)
    {
        var builder = WorkerHost.Settings(settings);
        // Errors are reported once, as a sentence.
        builder.Logging.ClearProviders();
        var services = builder.Services.AddDatabase().BuildServiceProvider();
        var storage = services.GetRequiredService<IOptions<StorageOptions>>().Value;
        if (storage.Kind == StorageKind.SQLite && SqliteDatabase.PathOf(storage) is var path && !File.Exists(path))
        {
            services.Dispose();
            throw new SettingsException(
                [
                    $"There is no database at {path}. Set Storage:Kind, Storage:Path or Storage:ConnectionString as "
                        + "for the workers; records are kept if Records:Keep is Endings or "
                        + "Everything."]);
        }
        return new(services);
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
