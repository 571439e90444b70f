using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenAIWorker.Settings;
using OpenAIWorker.Storage;

namespace OpenAIWorker.Assistants;

static class AssistantsRegistration
{
    public static IServiceCollection AddAssistants(this IServiceCollection services) => services
        .AddSettings<AssistantsOptions, AssistantsOptionsValidator>()
        .AddSingleton<IValidateOptions<AssistantsOptions>, AssistantsRules>()
        .AddStoreStates()
        .AddSingleton<PostgresDatabase>()
        .AddSingleton<SqliteDatabase>()
        .AddSingleton<Database>(host => host.GetRequiredService<IOptions<AssistantsOptions>>().Value.Store == AssistantsStore.PostgreSQL
            ? host.GetRequiredService<PostgresDatabase>()
            : host.GetRequiredService<SqliteDatabase>())
        // A worker without assistants loads no driver.
        .AddSingleton(host => new Lazy<Database>(host.GetRequiredService<Database>))
        .AddSingleton<AssistantStore>()
        .AddSingleton<NoteStore>()
        .AddSingleton<ThingStore>()
        .AddSingleton<ThreadStore>();
}
