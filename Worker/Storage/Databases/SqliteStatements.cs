using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace OpenAIWorker.Storage.Databases;

/// <summary>
/// Statements that one connection prepares once and runs again and again, directly on SQLite's own functions: looking
/// up each parameter by its name, as <see cref="SqliteCommand"/> does, costs more than SQLite itself.
/// </summary>
/// <param name="connection">An open connection, which only one thread at a time uses.</param>
sealed class SqliteStatements(SqliteConnection connection) : IDisposable
{
    // A repeated set of statements is never larger.
    const int Most = 64;

    // Longer texts are rare.
    const int InPlace = 512;

    readonly Dictionary<string, Prepared> known = [];

    /// <summary>The number of changed rows.</summary>
    public int Run(string sql, (string Name, object? Value)[] parameters)
    {
        Rows(sql, _ => true, parameters);
        return raw.sqlite3_changes(connection.Handle);
    }

    public List<T> Rows<T>(string sql, Func<DbDataReader, T> read, (string Name, object? Value)[] parameters)
    {
        var (statement, rows) = (Get(sql, parameters), new List<T>());
        try
        {
            statement.Bind(parameters, connection);
            while (raw.sqlite3_step(statement.Handle) is var code && code != raw.SQLITE_DONE)
            {
                if (code != raw.SQLITE_ROW)
                    SqliteException.ThrowExceptionForRC(code, connection.Handle);
                rows.Add(read(statement.Row));
            }
            return rows;
        }
        finally
        {
            raw.sqlite3_reset(statement.Handle);
        }
    }

    public void Dispose()
    {
        foreach (var statement in known.Values)
            statement.Handle.Dispose();
        known.Clear();
    }

    Prepared Get(string sql, (string Name, object? Value)[] parameters)
    {
        if (known.TryGetValue(sql, out var prepared) && prepared.Has(parameters))
            return prepared;
        prepared?.Handle.Dispose();
        if (known.Count >= Most)
            Dispose();
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(connection.Handle, sql, out var handle),
            connection.Handle);
        return known[sql] = new(handle, parameters);
    }

    sealed class Prepared(sqlite3_stmt handle, (string Name, object? Value)[] parameters)
    {
        readonly (string Name, int Place)[] places = [.. parameters.Select(parameter =>
            (parameter.Name, raw.sqlite3_bind_parameter_index(handle, $"@{parameter.Name}")))];

        public sqlite3_stmt Handle => handle;

        public SqliteRow Row { get; } = new(handle);

        /// <summary>Whether these are its parameters, in its order.</summary>
        public bool Has((string Name, object? Value)[] values)
        {
            var same = values.Length == places.Length;
            for (var at = 0; same && at < values.Length; at++)
                same = values[at].Name == places[at].Name;
            return same;
        }

        public void Bind((string Name, object? Value)[] values, SqliteConnection connection)
        {
            for (var at = 0; at < values.Length; at++)
                SqliteException.ThrowExceptionForRC(Bind(places[at].Place, values[at].Value), connection.Handle);
        }

        int Bind(int place, object? value) => value switch
        {
            null => raw.sqlite3_bind_null(handle, place),
            string text => BindText(place, text),
            double number => raw.sqlite3_bind_double(handle, place, number),
            // An empty span would be bound as null.
            byte[] { Length: 0 } => raw.sqlite3_bind_zeroblob(handle, place, 0),
            byte[] bytes => raw.sqlite3_bind_blob(handle, place, bytes),
            _ => raw.sqlite3_bind_int64(handle, place, Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        };

        int BindText(int place, string text)
        {
            if (text.Length is 0 or > InPlace / 3)
                return raw.sqlite3_bind_text(handle, place, text);
            Span<byte> bytes = stackalloc byte[InPlace];
            return raw.sqlite3_bind_text(handle, place, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
        }
    }
}
