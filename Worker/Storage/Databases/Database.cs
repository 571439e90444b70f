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

    public Task<T> Read<T>(Func<Session, Task<T>> read, CancellationToken cancellation) => gate.Use(async () =>
    {
        await using var connection = await Open(cancellation);
        return await read(new(connection, null, cancellation));
    }, cancellation);

    /// <summary>All or nothing, and beside no other writer.</summary>
    public async Task<T> Write<T>(Func<Session, Task<T>> write, CancellationToken cancellation)
    {
        // In line here, for in SQLite's line a thread sleeps.
        await writing.WaitAsync(cancellation);
        try
        {
            return await gate.Use(async () =>
            {
                await using var connection = await Open(cancellation);
                return await Write(connection, write, cancellation);
            }, cancellation);
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>Makes the tables, or brings older ones up to date; every first use does so by itself.</summary>
    public Task Prepare(CancellationToken cancellation) => gate.Use(async () =>
    {
        await using var connection = await Open(cancellation);
    }, cancellation);

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        first.Dispose();
        writing.Dispose();
    }

    /// <summary>A transaction in which no other writer is.</summary>
    protected abstract Task<DbTransaction> BeginAlone(DbConnection connection, CancellationToken cancellation);

    /// <summary>What has to be there before the first connection.</summary>
    protected virtual void Found() { }

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
            await Write(connection, Schema.Migrate, cancellation);
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
