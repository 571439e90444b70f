using Microsoft.Extensions.Options;
using OpenAIWorker.Storage;
using OpenAIWorker.Storage.Databases;

namespace OpenAIWorker.Tests.Storage.Counts;

public sealed class SqliteCountSpecs : CountContract, IAsyncDisposable
{
    readonly SqliteFile file = new();

    internal override Database Database => file.Database;

    public ValueTask DisposeAsync() => file.DisposeAsync();
}

public sealed class PostgresCountSpecs(PostgresServer server) : CountContract, IAsyncLifetime
{
    Database? database;

    internal override Database Database => database!;

    public async ValueTask InitializeAsync() =>
        database = new PostgresDatabase(
            Options.Create(new StorageOptions { ConnectionString = await server.NewDatabase() }), StoreStatesOf.Test(),
            TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        if (database is not null)
            await database.DisposeAsync();
    }
}
