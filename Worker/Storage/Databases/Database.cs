using System.Data.Common;

namespace OpenAIWorker.Storage.Databases;

/// <summary>
/// A database that creates its own tables. All SQL works in SQLite and PostgreSQL; only the way to exclude other
/// writers differs. Writes are few and short, so one at a time is enough, and nothing can happen between a check and
/// its consequence.
/// </summary>
abstract class Database(DbDataSource source, StoreGate gate, StoreStates states) : IAsyncDisposable
{
    /// <summary>Its name among the stores.</summary>
    public const string Name = "database";

    readonly Lock guard = new();
    readonly SemaphoreSlim writing = new(1);
    readonly CancellationTokenSource closing = new();
    volatile bool isReady;

    // A table was missing, and no step has made it since.
    volatile bool isLacking;
    Task? preparing;

    public Task<T> Read<T>(Func<Session, Task<T>> read, CancellationToken cancellation) =>
        Use(connection => read(new(connection, null, cancellation)), cancellation);

    /// <summary>Runs a transaction, without any other writer at the same time.</summary>
    public Task<T> Write<T>(Func<Session, Task<T>> write, CancellationToken cancellation) =>
        Alone(() => Use(connection => Write(connection, write, cancellation), cancellation), cancellation);

    /// <summary>
    /// Runs a transaction, concurrently with other writers if the database allows it: they wait for each other only for
    /// the same row.
    /// </summary>
    /// <param name="write">Writes.</param>
    /// <param name="isDurable">Whether it must survive a power loss. False is only faster.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public virtual Task<T> WriteBeside<T>(Func<Session, Task<T>> write, bool isDurable,
        CancellationToken cancellation) => Write(write, cancellation);

    /// <summary>
    /// Like <see cref="WriteBeside{T}"/>, but on the caller's thread, which it blocks: for a thread that does nothing
    /// else.
    /// </summary>
    public abstract Task<T> WriteHere<T>(Func<Session, Task<T>> write, bool isDurable);

    /// <summary>The SQL that shows a column of milliseconds since 1970 as a time.</summary>
    protected abstract string Time(string column);

    /// <summary>The same as a day.</summary>
    public abstract string Day(string column);

    /// <summary>Creates the tables, or updates older ones. Every first use does this automatically.</summary>
    public Task Prepare(CancellationToken cancellation) => gate.Use(async () =>
    {
        await using var connection = await Open(cancellation);
    }, cancellation);

    public virtual async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        if (Preparing() is { } running)
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await source.DisposeAsync();
        writing.Dispose();
    }

    /// <summary>A transaction that excludes other writers.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="isPatient">Whether it runs without a time limit.</param>
    /// <param name="cancellation">Ends the wait.</param>
    protected abstract Task<DbTransaction> BeginAlone(DbConnection connection, bool isPatient,
        CancellationToken cancellation);

    /// <summary>Stops a statement that cannot be cancelled otherwise.</summary>
    protected virtual void Interrupt(DbConnection connection) { }

    /// <summary>Creates what the first connection needs.</summary>
    protected virtual void Found() { }

    /// <summary>Checks that its open connections lead to the database that the settings name.</summary>
    protected virtual void CheckInPlace() { }

    /// <summary>Whether a table or a column is missing.</summary>
    protected abstract bool LacksTables(DbException broken);

    /// <summary>Excludes other writers. They queue here, because SQLite's own wait blocks a thread.</summary>
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

    /// <summary>The same for a thread that may be blocked.</summary>
    protected Task<T> AloneHere<T>(Func<Task<T>> write)
    {
        writing.Wait();
        try
        {
            return Task.FromResult(write().GetAwaiter().GetResult());
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>Uses a prepared database with the caller's own connection, and handles its faults.</summary>
    protected Task<T> UseReady<T>(Func<Task<T>> use, CancellationToken cancellation) => gate.Use(async () =>
    {
        await GetReady(cancellation);
        return await Noticing(use);
    }, cancellation);

    /// <summary>Opens a connection to a prepared database, and handles its faults.</summary>
    protected Task<T> Use<T>(Func<DbConnection, Task<T>> use, CancellationToken cancellation) => gate.Use(async () =>
    {
        await using var connection = await Open(cancellation);
        return await Noticing(() => use(connection));
    }, cancellation);

    // The tables were dropped, or a backup of an older version was restored: the next one makes them.
    async Task<T> Noticing<T>(Func<Task<T>> use)
    {
        try
        {
            return await use();
        }
        catch (DbException broken) when (LacksTables(broken))
        {
            isReady = false;
            if (isLacking)
                throw new LostTablesException(broken);
            isLacking = true;
            throw;
        }
    }

    async Task<DbConnection> Open(CancellationToken cancellation)
    {
        await GetReady(cancellation);
        return await source.OpenConnectionAsync(cancellation);
    }

    // Many records take many minutes. Whoever waits may leave: the work goes on until this object is disposed, because
    // otherwise each job would begin it anew, and its time limit would end it.
    async ValueTask GetReady(CancellationToken cancellation)
    {
        CheckInPlace();
        if (isReady)
            return;
        Task running;
        lock (guard)
        {
            if (preparing is null or { IsCompleted: true })
                preparing = Task.Run(MakeTables, CancellationToken.None);
            running = preparing;
        }
        await running.WaitAsync(cancellation);
    }

    Task? Preparing()
    {
        lock (guard)
            return preparing;
    }

    async Task MakeTables()
    {
        if (isReady)
            return;
        try
        {
            Found();
            await using var connection = await source.OpenConnectionAsync(closing.Token);
            await using var stop = closing.Token.Register(() => Interrupt(connection));
            await using var transaction = await BeginAlone(connection, isPatient: true, closing.Token);
            var session = new Session(connection, transaction, closing.Token) { IsPatient = true };
            var isOlder = false;
            var steps = await Schema.Migrate(session, Time, Day, (step, last) =>
            {
                isOlder = true;
                states.Changes(Name, step, last);
            });
            await transaction.CommitAsync(closing.Token);
            isLacking &= steps == 0;
            if (isOlder)
                states.Changed(Name);
            isReady = true;
        }
        catch (DbException) when (closing.IsCancellationRequested)
        {
            throw new OperationCanceledException(closing.Token);
        }
    }

    async Task<T> Write<T>(DbConnection connection, Func<Session, Task<T>> write, CancellationToken cancellation)
    {
        await using var transaction = await BeginAlone(connection, isPatient: false, cancellation);
        var result = await write(new(connection, transaction, cancellation));
        await transaction.CommitAsync(cancellation);
        return result;
    }
}
