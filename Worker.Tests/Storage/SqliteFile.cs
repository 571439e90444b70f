using Microsoft.Extensions.Options;
using OpenAIWorker.Storage;
using OpenAIWorker.Storage.Databases;

namespace OpenAIWorker.Tests.Storage;

/// <summary>A database in its own folder.</summary>
sealed class SqliteFile : ITestDatabase
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("openai-worker-sqlite-");

    public SqliteFile() => Database = Again();

    public SqliteDatabase Database { get; }

    public string Path => System.IO.Path.Combine(folder.FullName, "below", "worker.db");

    Database ITestDatabase.Database => Database;

    Database ITestDatabase.Again() => Again();

    public ValueTask Open() => ValueTask.CompletedTask;

    /// <summary>The same file, opened like another worker.</summary>
    public SqliteDatabase Again(StoreStates? states = null) =>
        new(Options.Create(new StorageOptions { Path = Path }), states ?? StoreStatesOf.Test(), TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
