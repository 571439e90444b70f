using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;
using OpenAIWorker.Storage;
using OpenAIWorker.Storage.Databases;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.Storage;

namespace OpenAIWorker.Tests.Delivery.Records;

public sealed class SqliteKillWindowSpecs(BrokerFixture broker)
    : KillWindowContract(broker), IClassFixture<BrokerFixture>, IAsyncDisposable
{
    readonly SqliteFile file = new();

    internal override Database Database => file.Database;

    protected override IReadOnlyList<string> Storage => [$"--Storage:Path={file.Path}"];

    protected override bool CommitsWhatItHas => false;

    public ValueTask DisposeAsync() => file.DisposeAsync();

    protected override async Task<IAsyncDisposable> HoldCommits()
    {
        var connection = new SqliteConnection($"Data Source={file.Path};Pooling=False");
        await connection.OpenAsync(Cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync(Cancellation);
        return connection;
    }

    // A file does not show who waits for it. The answer is on its way, and nothing can be committed.
    protected override Task UntilTheCommitWaits() => Task.CompletedTask;
}

public sealed class PostgresKillWindowSpecs(BrokerFixture broker, PostgresServer server)
    : KillWindowContract(broker), IClassFixture<BrokerFixture>, IAsyncLifetime
{
    const string Waiting = """
        SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
            AND query LIKE '%job_records%'
        """;

    string address = "";
    PostgresDatabase? database;

    internal override Database Database => database!;

    protected override IReadOnlyList<string> Storage =>
        ["--Storage:Kind=PostgreSQL", "--Storage:Replicas=2", $"--Storage:ConnectionString={address}"];

    // The ending and its commit are one message to the server, which waits for the row.
    protected override bool CommitsWhatItHas => true;

    public async ValueTask InitializeAsync()
    {
        address = await server.NewDatabase();
        database = new(Options.Create(new StorageOptions { ConnectionString = address }), StoreStatesOf.Test(),
            TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        if (database is not null)
            await database.DisposeAsync();
    }

    protected override async Task<IAsyncDisposable> HoldCommits()
    {
        var connection = new NpgsqlConnection($"{address};Pooling=False");
        await connection.OpenAsync(Cancellation);
        await using var command =
            new NpgsqlCommand("BEGIN; SELECT 1 FROM job_records WHERE job_id = 'j' FOR UPDATE", connection);
        await command.ExecuteNonQueryAsync(Cancellation);
        return connection;
    }

    protected override Task UntilTheCommitWaits() => Eventually.Is(async () =>
        await Database.Read(session => session.Number(Waiting), Cancellation) > 0);
}
