using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Npgsql;
using OpenAIWorker.Storage;
using OpenAIWorker.Storage.Databases;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Storage.Databases;

/// <summary>New indexes over many records take minutes: no time limit ends that, but a stopping worker does.</summary>
public sealed class LongSchemaStepSpecs(PostgresServer server)
{
    const string OfAllWorkers = "SELECT pg_advisory_xact_lock(x'6f70656e61697773'::bigint)";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // The lock of all workers, and one that a statement of the steps waits for.
    [Theory]
    [InlineData(OfAllWorkers)]
    [InlineData("LOCK TABLE schema_steps IN ACCESS EXCLUSIVE MODE")]
    public async Task In_PostgreSQL_no_time_limit_of_the_connection_or_the_server_ends_it(string hold)
    {
        await using var own = new PostgresTestDatabase(server);
        await own.Open();
        await own.Database.Prepare(Cancellation);
        await using var other = await Connect(own);
        await using var held = await Hold(other, hold);
        // A transaction sees the same activity all the time.
        await using var watching = await Connect(own);

        await using var database = PostgresTestDatabase.At(
            $"{own.Address};Command Timeout=1;Options=-c statement_timeout=1000 -c lock_timeout=1000");
        var preparing = database.Prepare(Cancellation);
        await Eventually.Is(async () => preparing.IsCompleted || await Run(watching,
            """
            SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
                AND clock_timestamp() - query_start > interval '2 seconds'
            """) is 1L);
        await held.RollbackAsync(Cancellation);

        await preparing;
    }

    [Fact]
    public async Task In_PostgreSQL_it_goes_on_when_nobody_waits_for_it_any_more()
    {
        await using var own = new PostgresTestDatabase(server);
        await own.Open();
        await using var other = await Connect(own);
        await using var held = await Hold(other, OfAllWorkers);

        await Leave(own.Database);
        await held.RollbackAsync(Cancellation);

        await Eventually.Is(async () => await Run(other, "SELECT to_regclass('job_records')::text") is string);
    }

    [Fact]
    public async Task In_SQLite_it_goes_on_when_nobody_waits_for_it_any_more()
    {
        await using var file = new SqliteFile();
        await using var other = Connect(file);
        Run(other, "BEGIN IMMEDIATE");

        await Leave(file.Database);
        Run(other, "ROLLBACK");

        await Eventually.Is(() => Task.FromResult(
            Run(other, "SELECT COUNT(*) FROM sqlite_master WHERE name = 'job_records'") is 1L));
    }

    [Fact]
    public async Task In_SQLite_a_worker_that_stops_ends_a_statement()
    {
        await using var file = new SqliteFile();
        await using (var other = Connect(file))
            // The statement that asks for the last step never ends.
            Run(other, """
                CREATE VIEW schema_steps AS WITH RECURSIVE endless (taken) AS
                    (SELECT 1 UNION ALL SELECT taken FROM endless) SELECT taken FROM endless
                """);
        await Leave(file.Database);

        await file.Database.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
    }

    [Fact]
    public async Task In_PostgreSQL_a_worker_that_stops_ends_a_statement()
    {
        await using var own = new PostgresTestDatabase(server);
        await own.Open();
        await using var other = await Connect(own);
        await using var held = await Hold(other, OfAllWorkers);
        await Leave(own.Database);

        await own.Database.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
    }

    [Fact]
    public async Task The_log_says_which_step_begins_and_when_all_are_done()
    {
        await using var file = new SqliteFile();
        await file.Database.Prepare(Cancellation);
        await using (var other = Connect(file))
            Run(other, "DELETE FROM schema_steps WHERE taken = "
                + Schema.Count.ToString(CultureInfo.InvariantCulture));
        using var log = new EveryLine();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(log));

        await using (var newer = file.Again(StoreStatesOf.Test(loggers.CreateLogger<StoreStates>())))
            await newer.Prepare(Cancellation);

        Assert.Contains($"step {Schema.Count} of {Schema.Count} begins", log.Text, StringComparison.Ordinal);
        Assert.Contains("The database has the tables of this version", log.Text, StringComparison.Ordinal);
    }

    // As a worker's start and a job do, which wait for a time only.
    static async Task Leave(Database database)
    {
        using var waiting = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Task.Run(() => database.Prepare(waiting.Token), Cancellation)
                .WaitAsync(TimeSpan.FromSeconds(20), Cancellation));
    }

    static async Task<NpgsqlConnection> Connect(PostgresTestDatabase own)
    {
        var connection = new NpgsqlConnection(own.Address);
        await connection.OpenAsync(Cancellation);
        return connection;
    }

    static async Task<NpgsqlTransaction> Hold(NpgsqlConnection connection, string sql)
    {
        var held = await connection.BeginTransactionAsync(Cancellation);
        await Run(connection, sql);
        return held;
    }

    static SqliteConnection Connect(SqliteFile file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file.Path)!);
        var connection = new SqliteConnection($"Data Source={file.Path};Pooling=False");
        connection.Open();
        Run(connection, "PRAGMA journal_mode = WAL");
        return connection;
    }

    static object? Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    static async Task<object?> Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancellation);
    }
}
