using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace OpenAIWorker.Storage.Databases;

/// <summary>The faults of a database.</summary>
static class DatabaseFaults
{
    // https://www.sqlite.org/rescode.html
    const int NoRights = 3;
    const int Busy = 5;
    const int ReadOnlyFile = 8;
    const int BrokenFile = 11;
    const int FullDisk = 13;
    const int CannotOpen = 14;
    const int Forbidden = 23;
    const int NoDatabase = 26;

    const string File =
        "Let the worker's user write to the file of Storage:Path and its folder, or set Storage:Path to another.";
    // A login that the settings do not allow, or have no password for, is recognised only by its text.
    static readonly string[] LoginWords = ["password", "SSL", "SASL", "SCRAM", "channel binding", "authentication"];

    const string Login = "Correct Storage:ConnectionString.";

    // Its connections change from transaction to transaction, and with them the statements that are prepared there.
    static readonly StoreFault Pooler = new("a pooler such as PgBouncer does not know its prepared statements",
        "Add Max Auto Prepare=0 to Storage:ConnectionString.");

    static readonly StoreFault Lost = new("some of its tables are missing",
        "Restore the database from a backup, or drop the other tables too: the worker then makes all of them.");

    public static StoreFault? OfFile(Exception broken) => broken switch
    {
        NewerSchemaException newer => Newer(newer),
        LostTablesException => Lost,
        ReplacedFileException => new("its file was deleted or replaced while the worker used it",
            "Restart the worker. Before a backup is put in its place, stop all workers: docs/storage.md."),
        SqliteException { SqliteErrorCode: ReadOnlyFile } => new("its file is read-only", File),
        SqliteException { SqliteErrorCode: NoRights or CannotOpen or Forbidden } or UnauthorizedAccessException =>
            new("its file cannot be opened", File),
        SqliteException { SqliteErrorCode: BrokenFile or NoDatabase } =>
            new("its file is damaged, or not a database",
                "Restore the file of Storage:Path from a backup, or move it away to start with an empty one."),
        SqliteException { SqliteErrorCode: FullDisk } => StoreFault.Full,
        SqliteException { SqliteErrorCode: Busy } => new("another program has locked its file"),
        TypeInitializationException or DllNotFoundException or BadImageFormatException =>
            new("SQLite's library cannot be loaded",
                "A single-file program unpacks it first: name a folder from which programs may run in "
                    + "DOTNET_BUNDLE_EXTRACT_BASE_DIR."),
        _ when DiskFaults.IsFull(broken) => StoreFault.Full,
        _ when DiskFaults.IsNoFolder(broken) => new("the path of its file's folder is not a folder", File),
        _ when DiskFaults.IsReadOnly(broken) => new("its folder is on a disk that is read-only", File),
        DbException or IOException => StoreFault.Unreachable,
        _ => null,
    };

    // https://www.postgresql.org/docs/current/errcodes-appendix.html
    public static StoreFault? OfServer(Exception broken) => broken switch
    {
        NewerSchemaException newer => Newer(newer),
        LostTablesException => Lost,
        PostgresException { SqlState: "25006" } =>
            new("the server is read-only",
                "Name the primary in Storage:ConnectionString, or all hosts and target_session_attrs=read-write."),
        PostgresException { SqlState: "42501" } =>
            new("its user lacks the rights", "Allow it to create and use tables in its schema: docs/runbooks.md."),
        PostgresException { SqlState: "42P01" or "42703" } => new("its tables are not those of this worker"),
        PostgresException { SqlState: "3F000" } =>
            new("it has no schema for the tables", "Create the schema that the search_path of its user names."),
        PostgresException { SqlState: "26000" or "42P05" } => Pooler,
        PostgresException { SqlState: "08P01", MessageText: var text }
            when text.Contains("prepared statement", StringComparison.Ordinal) => Pooler,
        PostgresException { SqlState: "57014" or "55P03" } => StoreFault.Slow,
        PostgresException { SqlState: "3D000" } =>
            new("its database does not exist", "Create it, or correct Storage:ConnectionString."),
        PostgresException { SqlState: "XX001" or "XX002" } =>
            new("its data is damaged", "Restore the database from a backup."),
        PostgresException { SqlState: ['2', '8', ..] } => new("the server refuses its user", Login),
        PostgresException { SqlState: ['5', '3', ..] and not "53300" } => StoreFault.Full,
        PostgresException
        {
            SqlState: ['5', '7' or '8', ..] or ['5', '3', ..] or ['0', '8', ..] or ['4', '0', ..]
            or ['5', '5', ..]
        } => StoreFault.Unreachable,
        PostgresException =>
            new("the server refuses a statement",
                "The worker's log has the server's words. Give the worker a database of its own."),
        NpgsqlException { InnerException: TimeoutException } => StoreFault.Slow,
        NpgsqlException { InnerException: System.Security.Authentication.AuthenticationException } =>
            new("its certificate is not trusted", "Correct sslmode and sslrootcert in Storage:ConnectionString."),
        NpgsqlException { InnerException: null }
            when LoginWords.Any(word => broken.Message.Contains(word, StringComparison.OrdinalIgnoreCase)) =>
                new("the server and Storage:ConnectionString do not agree on how to log in", Login),
        FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException =>
            new("a file of its certificates cannot be read",
                "Correct sslrootcert, sslcert or sslkey in Storage:ConnectionString."),
        DbException or IOException or SocketException => StoreFault.Unreachable,
        _ => null,
    };

    static StoreFault Newer(NewerSchemaException newer) =>
        new(newer.Message, "Run the newer worker, or name another database.");
}

/// <summary>The database was made by a newer worker.</summary>
sealed class NewerSchemaException(int taken, int known)
    : Exception($"it was made by a newer worker: it has {taken} steps, but this worker knows {known}");

/// <summary>A file that is open has another name now, or none.</summary>
sealed class ReplacedFileException() : IOException("another file, or none, has its name now");

/// <summary>A table is missing, though the list of steps says that it was made.</summary>
sealed class LostTablesException(Exception broken) : Exception(broken.Message, broken);
