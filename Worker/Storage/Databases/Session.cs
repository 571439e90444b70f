using System.Data.Common;

namespace OpenAIWorker.Storage.Databases;

/// <summary>Statements on one connection. SQL parameters are written <c>@name</c>.</summary>
/// <param name="connection">The connection.</param>
/// <param name="transaction">Their transaction, if any.</param>
/// <param name="cancellation">Stops them.</param>
/// <param name="cache">The connection's prepared statements; null if it is not kept.</param>
sealed class Session(DbConnection connection, DbTransaction? transaction, CancellationToken cancellation,
    StatementCache? cache = null)
{
    /// <summary>The number of changed rows.</summary>
    public async Task<int> Run(string sql, params (string Name, object? Value)[] parameters)
    {
        var command = Command(sql, parameters);
        await using var once = cache is null ? command : null;
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    public async Task<List<T>> Rows<T>(string sql, Func<DbDataReader, T> read,
        params (string Name, object? Value)[] parameters)
    {
        var command = Command(sql, parameters);
        await using var once = cache is null ? command : null;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation))
            rows.Add(read(reader));
        return rows;
    }

    public async Task<T?> Row<T>(string sql, Func<DbDataReader, T> read,
        params (string Name, object? Value)[] parameters) where T : class =>
        (await Rows(sql, read, parameters)).FirstOrDefault();

    /// <summary>
    /// The rows of each of several statements, which a server gets in one round trip. Every statement must return
    /// rows.
    /// </summary>
    public async Task<List<List<T>>> Each<T>(IReadOnlyList<Statement> statements, Func<DbDataReader, T> read)
    {
        var each = new List<List<T>>(statements.Count);
        if (!connection.CanCreateBatch)
        {
            foreach (var statement in statements)
                each.Add(await Rows(statement.Sql, read, statement.Parameters));
            return each;
        }
        await using var batch = connection.CreateBatch();
        batch.Transaction = transaction;
        foreach (var statement in statements)
            batch.BatchCommands.Add(Fill(batch.CreateBatchCommand(), statement));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        do
        {
            var rows = new List<T>();
            while (await reader.ReadAsync(cancellation))
                rows.Add(read(reader));
            each.Add(rows);
        }
        while (await reader.NextResultAsync(cancellation));
        return each;
    }

    /// <summary>The statements of an insert of many rows, no two of which may conflict.</summary>
    public IEnumerable<Statement> Inserting(Insert insert, IReadOnlyList<object?[]> rows) =>
        rows.Count == 0 ? [] : connection.CanCreateBatch ? [insert.AtOnce(rows)] : insert.OneByOne(rows);

    public async Task<long> Number(string sql, params (string Name, object? Value)[] parameters) =>
        (await Rows(sql, row => row.GetInt64(0), parameters))[0];

    static DbBatchCommand Fill(DbBatchCommand command, Statement statement)
    {
        command.CommandText = statement.Sql;
        foreach (var (name, value) in statement.Parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }
        return command;
    }

    DbCommand Command(string sql, (string Name, object? Value)[] parameters)
    {
        var command = cache?.Get(sql, parameters, () => Made(sql, parameters)) ?? Made(sql, parameters);
        command.Transaction = transaction;
        return command;
    }

    DbCommand Made(string sql, (string Name, object? Value)[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }
        return command;
    }
}
