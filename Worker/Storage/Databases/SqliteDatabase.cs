using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using SQLitePCL;

namespace OpenAIWorker.Storage.Databases;

/// <summary>A file. Readers continue while one connection writes (WAL).</summary>
sealed class SqliteDatabase(IOptions<StorageOptions> options, StoreStates states, TimeProvider clock)
    : Database(Source(PathOf(options.Value)), new(Name, states, DatabaseFaults.OfFile, clock), states)
{
    // After that the fault is told, and the next one who needs the file tries again.
    const int LockTries = 30;

    // SQLite has no number for it.
    static readonly string[] Missing = ["no such table", "no such column", "has no column named"];

    static readonly TimeSpan Trusted = TimeSpan.FromSeconds(1);

    readonly string path = PathOf(options.Value);
    FileIdentity? found;
    long checkedAt;

    readonly SqliteWriter writer = new(Text(PathOf(options.Value)));

    public override Task<T> WriteBeside<T>(Func<Session, Task<T>> write, bool isDurable,
        CancellationToken cancellation) =>
        Alone(() => UseReady(() => writer.Write(write, isDurable, cancellation), cancellation), cancellation);

    public override Task<T> WriteHere<T>(Func<Session, Task<T>> write, bool isDurable) => AloneHere(() =>
        UseReady(() => Task.FromResult(writer.WriteHere(write, isDurable)), CancellationToken.None));

    public override async ValueTask DisposeAsync()
    {
        writer.Dispose();
        await base.DisposeAsync();
        // The pool would hold the file, and each connection's memory, for minutes.
        using var pooled = new SqliteConnection(Text(path));
        SqliteConnection.ClearPool(pooled);
    }

    protected override void Found()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        MakePrivate(path);
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL";
        command.ExecuteNonQuery();
        found ??= FileIdentity.Of(path);
    }

    // Open connections write to the file that they opened, also after it was deleted or another one took its name:
    // those endings would be lost. And a file beside the writes of another one is damaged by them:
    // https://www.sqlite.org/howtocorrupt.html
    protected override void CheckInPlace()
    {
        if (found is null || clock.GetElapsedTime(Volatile.Read(ref checkedAt)) < Trusted)
            return;
        if (FileIdentity.Of(path) != found)
            throw new ReplacedFileException();
        Volatile.Write(ref checkedAt, clock.GetTimestamp());
    }

    protected override bool LacksTables(DbException broken) =>
        broken is SqliteException { SqliteErrorCode: raw.SQLITE_ERROR } && Missing.Any(broken.Message.Contains);

    // It has requests and answers. SQLite gives the files beside it the same rights.
    static void MakePrivate(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        if (!File.Exists(path))
            File.Open(path, options).Dispose();
    }

    protected override string Time(string column) => $"strftime('%Y-%m-%dT%H:%M:%fZ', {column} / 1000.0, 'unixepoch')";

    public override string Day(string column) => $"strftime('%Y-%m-%d', {column} / 1000.0, 'unixepoch')";

    // Not deferred: SQLite then takes the lock at once, and waits for it.
    protected override Task<DbTransaction> BeginAlone(DbConnection connection, bool isPatient,
        CancellationToken cancellation)
    {
        var file = (SqliteConnection)connection;
        if (isPatient)
            // The wait cannot be cancelled, so it is several short ones.
            file.DefaultTimeout = 1;
        for (var tries = 1; ; tries++)
        {
            try
            {
                return Task.FromResult<DbTransaction>(file.BeginTransaction(deferred: false));
            }
            catch (SqliteException busy)
                when (isPatient && tries < LockTries && busy.SqliteErrorCode is raw.SQLITE_BUSY)
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    protected override void Interrupt(DbConnection connection) =>
        raw.sqlite3_interrupt(((SqliteConnection)connection).Handle);

    static DbDataSource Source(string path) =>
        SqliteFactory.Instance.CreateDataSource(Text(path));

    static string Text(string path) =>
        new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true }.ConnectionString;

    public static string PathOf(StorageOptions options) => Path.GetFullPath(string.IsNullOrWhiteSpace(options.Path)
        ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData,
            Environment.SpecialFolderOption.DoNotVerify), "openai-worker", "worker.db")
        : options.Path);
}
