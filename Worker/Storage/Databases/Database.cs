using System.Data.Common;

namespace OpenAIWorker.Storage.Databases;

/// <summary>
/// A database that brings its tables along. All SQL is such as SQLite and PostgreSQL both take; what they do not share
/// is how a writer is alone. Writes are few and short, so one at a time is enough, and nothing can come between a check
/// and what follows from it.
/// </summary>
abstract class Database(DbDataSource source, StoreGate gate) : IAsyncDisposable
{
    /// <summary>Its name among the stores.</summary>
    public const string Name = "database";

    readonly SemaphoreSlim first = new(1);
    readonly SemaphoreSlim writing = new(1);
    volatile bool isReady;

    public Task<T> Read<T>(Func<Session, Task<T>> read, CancellationToken cancellation) =>
        Use(connection => read(new(connection, null, cancellation)), cancellation);

    /// <summary>All or nothing, and beside no other writer.</summary>
    public Task<T> Write<T>(Func<Session, Task<T>> write, CancellationToken cancellation) =>
        Alone(() => Use(connection => Write(connection, write, cancellation), cancellation), cancellation);

    /// <summary>
    /// All or nothing, beside other writers where the database can: they wait for each other only over the same row.
    /// </summary>
    /// <param name="write">Writes.</param>
    /// <param name="isDurable">Whether it must outlive a machine that loses its power. Else only what follows is
    /// faster.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public virtual Task<T> WriteBeside<T>(Func<Session, Task<T>> write, bool isDurable,
        CancellationToken cancellation) => Write(write, cancellation);

    /// <summary>A column of milliseconds since 1970 as people read a time.</summary>
    protected abstract string Time(string column);

    /// <summary>The same as a day.</summary>
    public abstract string Day(string column);

    /// <summary>Makes the tables, or brings older ones up to date; every first use does so by itself.</summary>
    public Task Prepare(CancellationToken cancellation) => gate.Use(async () =>
    {
        await using var connection = await Open(cancellation);
    }, cancellation);

    public virtual async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        first.Dispose();
        writing.Dispose();
    }

    /// <summary>A transaction in which no other writer is.</summary>
    protected abstract Task<DbTransaction> BeginAlone(DbConnection connection, CancellationToken cancellation);

    /// <summary>What has to be there before the first connection.</summary>
    protected virtual void Found() { }

    /// <summary>Beside no other writer. They queue here, because SQLite's own wait blocks a thread.</summary>
    protected async Task<T> Alone<T>(Func<Task<T>> write, CancellationToken cancellation)
    {
        await writing.WaitAsync(cancellation);
        try
        {
            return await write();
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>Uses a database that is ready by a connection of one's own, and stands before its faults.</summary>
    protected Task<T> UseReady<T>(Func<Task<T>> use, CancellationToken cancellation) => gate.Use(async () =>
    {
        if (!isReady)
            await GetReady(cancellation);
        return await use();
    }, cancellation);

    /// <summary>Opens a connection to a database that is ready, and stands before its faults.</summary>
    protected Task<T> Use<T>(Func<DbConnection, Task<T>> use, CancellationToken cancellation) => gate.Use(async () =>
    {
        await using var connection = await Open(cancellation);
        return await use(connection);
    }, cancellation);

    async Task<DbConnection> Open(CancellationToken cancellation)
    {
        if (!isReady)
            await GetReady(cancellation);
        return await source.OpenConnectionAsync(cancellation);
    }

    async Task GetReady(CancellationToken cancellation)
    {
        await first.WaitAsync(cancellation);
        try
        {
            if (isReady)
                return;
            Found();
            await using var connection = await source.OpenConnectionAsync(cancellation);
            await Write(connection, session => Schema.Migrate(session, Time, Day), cancellation);
            isReady = true;
        }
        finally
        {
            first.Release();
        }
    }

    async Task<T> Write<T>(DbConnection connection, Func<Session, Task<T>> write, CancellationToken cancellation)
    {
        await using var transaction = await BeginAlone(connection, cancellation);
        var result = await write(new(connection, transaction, cancellation));
        await transaction.CommitAsync(cancellation);
        return result;
    }
}
