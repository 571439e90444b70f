using System.Data.Common;
using Microsoft.Extensions.Options;
using Npgsql;

namespace OpenAIWorker.Storage.Databases;

/// <summary>A server, which several workers share.</summary>
sealed class PostgresDatabase(IOptions<StorageOptions> options, StoreStates states, TimeProvider clock)
    : Database(NpgsqlDataSource.Create(PostgresAddress.Read(options.Value.ConnectionString!)),
        new(Name, states, DatabaseFaults.OfServer, clock), states)
{
    // Any number that no other program uses as a lock: the worker's name in ASCII.
    const long Lock = 0x6f70656e61697773;

    // Each time, one of the deadlocked transactions has been committed.
    const int MostTries = 10;

    readonly PostgresWriters writers = new(options.Value.ConnectionString!, clock);

    public override Task<T> WriteBeside<T>(Func<Session, Task<T>> write, bool isDurable,
        CancellationToken cancellation) => Use(connection => UntilNoDeadlock(async () =>
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var session = new Session(connection, transaction, cancellation) { First = First(isDurable) };
        var result = await write(session);
        if (!session.IsCommitted)
            await transaction.CommitAsync(cancellation);
        return result;
    }), cancellation);

    public override Task<T> WriteHere<T>(Func<Session, Task<T>> write, bool isDurable) =>
        UseReady(() => UntilNoDeadlock(() => Task.FromResult(writers.Use(connection =>
    {
        using var transaction = connection.BeginTransaction();
        var session = new Session(connection, transaction, CancellationToken.None)
        {
            First = First(isDurable),
            Blocks = true
        };
        var result = write(session).GetAwaiter().GetResult();
        if (!session.IsCommitted)
            transaction.Commit();
        return result;
    }))), CancellationToken.None);

    public override async ValueTask DisposeAsync()
    {
        writers.Dispose();
        await base.DisposeAsync();
    }

    protected override string Time(string column) => $"to_timestamp({column} / 1000.0)";

    public override string Day(string column) => $"CAST(to_timestamp({column} / 1000.0) AT TIME ZONE 'UTC' AS DATE)";

    protected override async Task<DbTransaction> BeginAlone(DbConnection connection, bool isPatient,
        CancellationToken cancellation)
    {
        var transaction = await connection.BeginTransactionAsync(cancellation);
        var session = new Session(connection, transaction, cancellation) { IsPatient = isPatient };
        if (isPatient)
            await session.Run("SET LOCAL statement_timeout TO 0; SET LOCAL lock_timeout TO 0");
        await session.Run("SELECT pg_advisory_xact_lock(@lock)", ("lock", Lock));
        return transaction;
    }

    protected override bool LacksTables(DbException broken) =>
        broken.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn;

    static string? First(bool isDurable) => isDurable ? null : "SET LOCAL synchronous_commit TO OFF";

    // The server ends one of two transactions that wait for each other's rows. Run again, it waits for the other one.
    static async Task<T> UntilNoDeadlock<T>(Func<Task<T>> write)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await write();
            }
            catch (PostgresException deadlock)
                when (deadlock.SqlState == PostgresErrorCodes.DeadlockDetected && tries < MostTries)
            {
            }
        }
    }
}
