using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace OpenAIWorker.Storage.Databases;

/// <summary>
/// Writes many small transactions: on a connection that stays open, with prepared statements, and on its own thread,
/// because SQLite blocks the writing thread until the data are on the disk.
/// </summary>
/// <param name="connectionString">The file.</param>
[SuppressMessage("Usage", "CA2213", Justification = "A line that is asked whether it is closed must not be disposed.")]
sealed class SqliteWriter(string connectionString) : IDisposable
{
    readonly BlockingCollection<Action> line = [];
    readonly StatementCache statements = new();
    SqliteConnection? connection;
    Thread? thread;
    bool? isSynced;

    /// <summary>Runs a transaction, one at a time.</summary>
    /// <param name="write">Writes.</param>
    /// <param name="isDurable">Whether it must survive a power loss. Killing the process loses nothing in any case:
    /// https://www.sqlite.org/pragma.html#pragma_synchronous</param>
    /// <param name="cancellation">Stops it.</param>
    public Task<T> Write<T>(Func<Session, Task<T>> write, bool isDurable, CancellationToken cancellation)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (thread is null)
        {
            thread = new(Work) { IsBackground = true, Name = "SQLite" };
            thread.Start();
        }
        line.Add(() =>
        {
            try
            {
                done.SetResult(Now(write, isDurable, cancellation));
            }
            catch (Exception broken)
            {
                Leave();
                done.SetException(broken);
            }
        }, cancellation);
        return done.Task;
    }

    /// <summary>Likewise, on the caller's thread.</summary>
    public T WriteHere<T>(Func<Session, Task<T>> write, bool isDurable)
    {
        try
        {
            return Now(write, isDurable, CancellationToken.None);
        }
        catch
        {
            Leave();
            throw;
        }
    }

    public void Dispose()
    {
        if (line.IsAddingCompleted)
            return;
        line.CompleteAdding();
        thread?.Join();
        Leave();
    }

    void Work()
    {
        foreach (var next in line.GetConsumingEnumerable())
            next();
    }

    T Now<T>(Func<Session, Task<T>> write, bool isDurable, CancellationToken cancellation)
    {
        if (connection is null)
        {
            // Not pooled, because another writer must not get it with these settings.
            connection = new(new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
            connection.Open();
        }
        if (isSynced != isDurable)
            Sync(connection, isDurable);
        using var transaction = connection.BeginTransaction(deferred: false);
        // Nothing in it waits for another thread: SQLite's calls return when they are done.
        var result = write(new(connection, transaction, cancellation, statements)).GetAwaiter().GetResult();
        transaction.Commit();
        return result;
    }

    void Sync(SqliteConnection open, bool isDurable)
    {
        using var command = open.CreateCommand();
        command.CommandText = isDurable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL";
        command.ExecuteNonQuery();
        isSynced = isDurable;
    }

    void Leave()
    {
        statements.Clear();
        connection?.Dispose();
        (connection, isSynced) = (null, null);
    }
}
