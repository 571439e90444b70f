using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using SQLitePCL;

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
    (SqliteConnection Connection, SqliteStatements Statements)? open;
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
        var (connection, statements) = open ??= Open();
        if (isSynced != isDurable)
            Sync(connection, isDurable);
        statements.Run("BEGIN IMMEDIATE", []);
        // Nothing in it waits for another thread: SQLite's calls return when they are done.
        var result = write(new(connection, null, cancellation, statements)).GetAwaiter().GetResult();
        statements.Run("COMMIT", []);
        return result;
    }

    (SqliteConnection, SqliteStatements) Open()
    {
        // Not pooled, because another writer must not get it with these settings.
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        try
        {
            connection.Open();
            SqliteException.ThrowExceptionForRC(raw.sqlite3_busy_timeout(connection.Handle,
                connection.DefaultTimeout * 1000), connection.Handle);
            return (connection, new(connection));
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // Not kept, because SQLite changes it when it prepares the statement.
    void Sync(SqliteConnection connection, bool isDurable)
    {
        SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(connection.Handle,
            isDurable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL"), connection.Handle);
        isSynced = isDurable;
    }

    // An open transaction is rolled back.
    void Leave()
    {
        open?.Statements.Dispose();
        open?.Connection.Dispose();
        (open, isSynced) = (null, null);
    }
}
