using Microsoft.Extensions.Options;
using OpenAIWorker.Storage;
using OpenAIWorker.Storage.Databases;

namespace OpenAIWorker.Tests.Storage.Records;

public sealed class PostgresRecordSpecs(PostgresServer server) : RecordContract, IAsyncLifetime
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
