using System.Data.Common;
using Microsoft.Extensions.Options;
using Npgsql;

namespace OpenAIWorker.Storage.Databases;

/// <summary>A server, which several workers share.</summary>
sealed class PostgresDatabase(IOptions<StorageOptions> options, StoreStates states, TimeProvider clock)
    : Database(NpgsqlDataSource.Create(PostgresAddress.Read(options.Value.ConnectionString!)),
        new(Name, states, DatabaseFaults.OfServer, clock))
{
    // Any number that no other program uses as a lock: the worker's name in ASCII.
    const long Lock = 0x6f70656e61697773;

    public override Task<T> WriteBeside<T>(Func<Session, Task<T>> write, bool isDurable,
        CancellationToken cancellation) => Use(async connection =>
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var session = new Session(connection, transaction, cancellation);
        if (!isDurable)
            await session.Run("SET LOCAL synchronous_commit TO OFF");
        var result = await write(session);
        await transaction.CommitAsync(cancellation);
        return result;
    }, cancellation);

    protected override string Time(string column) => $"to_timestamp({column} / 1000.0)";

    public override string Day(string column) => $"CAST(to_timestamp({column} / 1000.0) AT TIME ZONE 'UTC' AS DATE)";

    protected override async Task<DbTransaction> BeginAlone(DbConnection connection, CancellationToken cancellation)
    {
        var transaction = await connection.BeginTransactionAsync(cancellation);
        await new Session(connection, transaction, cancellation)
            .Run("SELECT pg_advisory_xact_lock(@lock)", ("lock", Lock));
        return transaction;
    }
}
