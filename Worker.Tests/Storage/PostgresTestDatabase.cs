using Microsoft.Extensions.Options;
using OpenAIWorker.Storage;
using OpenAIWorker.Storage.Databases;

namespace OpenAIWorker.Tests.Storage;

/// <summary>A separate database in the PostgreSQL of all tests.</summary>
sealed class PostgresTestDatabase(PostgresServer server) : ITestDatabase
{
    Database? database;

    public Database Database => database!;

    /// <summary>The connection string.</summary>
    public string Address { get; private set; } = "";

    public async ValueTask Open()
    {
        Address = await server.NewDatabase();
        database = Again();
    }

    public Database Again() => At(Address);

    /// <summary>A database with another connection string.</summary>
    public static Database At(string address) =>
        new PostgresDatabase(Options.Create(new StorageOptions { ConnectionString = address }), StoreStatesOf.Test(),
            TimeProvider.System);

    public ValueTask DisposeAsync() => database?.DisposeAsync() ?? ValueTask.CompletedTask;
}
