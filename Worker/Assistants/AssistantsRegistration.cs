using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Assistants;

static class AssistantsRegistration
{
    public static IServiceCollection AddAssistants(this IServiceCollection services) => services
        .AddSettings<AssistantsOptions, AssistantsOptionsValidator>()
        .AddSingleton<IValidateOptions<AssistantsOptions>, AssistantsRules>()
        .AddSingleton<Database>(host => host.GetRequiredService<IOptions<AssistantsOptions>>() is { Value.Store: AssistantsStore.PostgreSQL } options
            ? new PostgresDatabase(options)
            : new SqliteDatabase(host.GetRequiredService<IOptions<AssistantsOptions>>()))
        .AddSingleton<AssistantStore>()
        .AddSingleton<NoteStore>()
        .AddSingleton<ThreadStore>();
}
