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
            return [Creates(what, SqliteDatabase.PathOf(options))];
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

    // In the nearest folder that exists, because a probe leaves nothing.
    static ProbeReport Creates(string what, string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        while (folder is not null && !Directory.Exists(folder))
            folder = Path.GetDirectoryName(folder);
        try
        {
            using var tried = new FileStream(Path.Combine(folder ?? "/", $".openai-worker-{Guid.NewGuid():N}"),
                FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
            tried.WriteByte(0);
            return new(what, true, "the first job that needs the file creates it");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return new(what, false, $"{path} cannot be created: "
                + (DiskFaults.IsFull(refused) ? "its disk is full" : $"{folder} refuses new files"));
        }
    }
}
