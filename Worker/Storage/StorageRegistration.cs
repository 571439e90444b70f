using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OpenAIWorker.Settings;
using OpenAIWorker.Storage.Api;
using OpenAIWorker.Storage.Assistants;
using OpenAIWorker.Storage.Counts;
using OpenAIWorker.Storage.Databases;
using OpenAIWorker.Storage.Groups;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Storage.Records.Endings;
using OpenAIWorker.Storage.Records.Entries;

namespace OpenAIWorker.Storage;

static class StorageRegistration
{
    /// <summary>What all stores share.</summary>
    public static IServiceCollection AddStoreStates(this IServiceCollection services)
    {
        services.TryAddSingleton<StoreStates>();
        return services;
    }

    /// <summary>The worker's database and its stores.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services) => services
        .AddDatabase()
        .AddSingleton<AssistantStore>()
        .AddSingleton<NoteStore>()
        .AddSingleton<ThingStore>()
        .AddSingleton<ThreadStore>()
        .AddSingleton<WorkerRegister>()
        .AddSingleton<GroupSizes>()
        .AddSingleton<GroupEndings>()
        .AddSingleton(host => new Lazy<GroupEndings>(host.GetRequiredService<GroupEndings>))
        .AddSingleton<RecordWriter>()
        .AddSingleton<RecordBook>()
        .AddSingleton(host => new Lazy<RecordBook>(host.GetRequiredService<RecordBook>))
        .AddSingleton(host => new Lazy<RecordUpkeep>(() => ActivatorUtilities.CreateInstance<RecordUpkeep>(host)))
        .AddHostedService<RecordKeeping>()
        .AddHostedService<StorageStart>();

    /// <summary>The database that the settings name.</summary>
    public static IServiceCollection AddDatabase(this IServiceCollection services) => services
        .AddSettings<StorageOptions, StorageOptionsValidator>()
        .AddSingleton<IValidateOptions<StorageOptions>, StorageRules>()
        .AddSettings<RecordsOptions, RecordsOptionsValidator>()
        .AddSingleton<IValidateOptions<RecordsOptions>, RecordsRules>()
        .AddSingleton<ContentCipher>()
        .AddSingleton<RecordSearch>()
        .AddSingleton<EndingSearch>()
        .AddSingleton<AcceptedJobs>()
        .AddSingleton<RecordGroups>()
        .AddSingleton<RecordCounts>()
        .AddSingleton<JobSums>()
        .AddSingleton<WorkerList>()
        .AddSingleton<AssistantList>()
        .AddStoreStates()
        .AddSingleton<PostgresDatabase>()
        .AddSingleton<SqliteDatabase>()
        .AddSingleton<Database>(host =>
            host.GetRequiredService<IOptions<StorageOptions>>().Value.Kind == StorageKind.PostgreSQL
            ? host.GetRequiredService<PostgresDatabase>()
            : host.GetRequiredService<SqliteDatabase>())
        .AddSingleton<ApiFileStore>()
        .AddSingleton<ApiBatchStore>()
        .AddSingleton<ApiResponseStore>()
        .AddSingleton<BatchLeases>()
        .AddSingleton<LineRecords>()
        // Without use, no driver is loaded.
        .AddSingleton(host => new Lazy<Database>(host.GetRequiredService<Database>));
}
