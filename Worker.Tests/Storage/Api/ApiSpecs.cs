using Microsoft.Extensions.Options;
using OpenAIWorker.Storage;
using OpenAIWorker.Storage.Databases;

namespace OpenAIWorker.Tests.Storage.Api;

public sealed class SqliteApiSpecs : ApiContract, IAsyncDisposable
{
    readonly SqliteFile file = new();

    internal override Database Database => file.Database;

    public ValueTask DisposeAsync() => file.DisposeAsync();
}

public sealed class PostgresApiSpecs(PostgresServer server) : ApiContract, IAsyncLifetime
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
