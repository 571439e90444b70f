using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenAIWorker.Jobs;
using OpenAIWorker.Settings;
using OpenAIWorker.Telemetry;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Storage.Databases;

/// <summary>Checks whether the database can be used. A missing file is not created for it.</summary>
static class DatabaseProbe
{
    public static async Task<IReadOnlyList<ProbeReport>> Run(IServiceProvider services, CancellationToken cancellation)
    {
        var options = services.GetRequiredService<IOptions<StorageOptions>>().Value;
        var what = $"database, {options.Kind}";
        if (options.Kind == StorageKind.SQLite && !File.Exists(SqliteDatabase.PathOf(options)))
            return [new(what, true, "the first job that needs the file creates it")];
        try
        {
            await services.GetRequiredService<Database>().Prepare(cancellation);
            return [new(what, true, "it answers, and has its tables")];
        }
        catch (FailureException broken)
        {
            return [new(what, false, broken.InnerException is { } why
                ? $"{broken.Message} ({PlainText.Name(why.GetBaseException().Message)})"
                : broken.Message)];
        }
    }
}
