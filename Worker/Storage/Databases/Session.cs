using System.Data.Common;

namespace OpenAIWorker.Storage.Databases;

/// <summary>Statements on one connection. Parameters stand in the SQL as <c>@name</c>.</summary>
sealed class Session(DbConnection connection, DbTransaction? transaction, CancellationToken cancellation)
{
    /// <summary>How many rows it changed.</summary>
    public async Task<int> Run(string sql, params (string Name, object? Value)[] parameters)
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    public async Task<List<T>> Rows<T>(string sql, Func<DbDataReader, T> read,
        params (string Name, object? Value)[] parameters)
    {
        await using var command = Command(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation))
            rows.Add(read(reader));
        return rows;
    }

    public async Task<T?> Row<T>(string sql, Func<DbDataReader, T> read,
        params (string Name, object? Value)[] parameters) where T : class =>
        (await Rows(sql, read, parameters)).FirstOrDefault();

    public async Task<long> Number(string sql, params (string Name, object? Value)[] parameters) =>
        (await Rows(sql, row => row.GetInt64(0), parameters))[0];

    DbCommand Command(string sql, (string Name, object? Value)[] parameters)
    {
        var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }
        return command;
    }
}
