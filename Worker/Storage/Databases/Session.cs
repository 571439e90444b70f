using System.Data.Common;

namespace OpenAIWorker.Storage.Databases;

/// <summary>Statements on one connection. SQL parameters are written <c>@name</c>.</summary>
/// <param name="connection">The connection.</param>
/// <param name="transaction">Their transaction, if any.</param>
/// <param name="cancellation">Stops them.</param>
/// <param name="prepared">The connection's prepared statements, if it keeps them.</param>
sealed class Session(DbConnection connection, DbTransaction? transaction, CancellationToken cancellation,
    SqliteStatements? prepared = null)
{
    bool isBegun;

    /// <summary>The number of changed rows.</summary>
    public async Task<int> Run(string sql, params (string Name, object? Value)[] parameters)
    {
        if (prepared is not null)
            return prepared.Run(sql, parameters);
        await using var command = Command(sql, parameters);
        return Blocks ? command.ExecuteNonQuery() : await command.ExecuteNonQueryAsync(cancellation);
    }

    public async Task<List<T>> Rows<T>(string sql, Func<DbDataReader, T> read,
        params (string Name, object? Value)[] parameters)
    {
        if (prepared is not null)
            return prepared.Rows(sql, read, parameters);
        await using var command = Command(sql, parameters);
        await using var reader = Blocks ? command.ExecuteReader() : await command.ExecuteReaderAsync(cancellation);
        return await Read(reader, read);
    }

    public async Task<T?> Row<T>(string sql, Func<DbDataReader, T> read,
        params (string Name, object? Value)[] parameters) where T : class =>
        (await Rows(sql, read, parameters)).FirstOrDefault();

    /// <summary>A statement without rows that a server gets together with the first ones.</summary>
    public string? First { get; init; }

    /// <summary>Whether it blocks its thread while it waits for the server.</summary>
    public bool Blocks { get; init; }

    /// <summary>Whether its statements may take any time: no time limit of the connection ends them.</summary>
    public bool IsPatient { get; init; }

    /// <summary>Whether the transaction is committed.</summary>
    public bool IsCommitted { get; private set; }

    /// <summary>
    /// The rows of each of several statements, which a server gets in one round trip. Every statement must return
    /// rows.
    /// </summary>
    /// <param name="statements">The statements.</param>
    /// <param name="read">Reads a row.</param>
    /// <param name="isLast">Whether a server commits the transaction in the same round trip.</param>
    public async Task<List<List<T>>> Each<T>(IReadOnlyList<Statement> statements, Func<DbDataReader, T> read,
        bool isLast = false)
    {
        var each = new List<List<T>>(statements.Count);
        if (!IsOfServer)
        {
            foreach (var statement in statements)
                each.Add(await Rows(statement.Sql, read, statement.Parameters));
            return each;
        }
        await using var batch = connection.CreateBatch();
        batch.Transaction = transaction;
        foreach (var statement in Whole(statements, isLast))
            batch.BatchCommands.Add(Fill(batch.CreateBatchCommand(), statement));
        // Results of statements without rows are skipped.
        await using var reader = Blocks ? batch.ExecuteReader() : await batch.ExecuteReaderAsync(cancellation);
        do
            each.Add(await Read(reader, read));
        while (Blocks ? reader.NextResult() : await reader.NextResultAsync(cancellation));
        IsCommitted = isLast;
        return each;
    }

    /// <summary>Whether statements go to a server, for which a round trip costs more than a row.</summary>
    public bool IsOfServer => connection.CanCreateBatch;

    /// <summary>The statements of an insert of many rows, no two of which may conflict.</summary>
    public IEnumerable<Statement> Inserting(Insert insert, IReadOnlyList<object?[]> rows,
        params (string Name, object? Value)[] more) =>
        rows.Count == 0 ? [] : IsOfServer ? [insert.AtOnce(rows, more)] : insert.OneByOne(rows);

    public async Task<long> Number(string sql, params (string Name, object? Value)[] parameters) =>
        (await Rows(sql, row => row.GetInt64(0), parameters))[0];

    async Task<List<T>> Read<T>(DbDataReader reader, Func<DbDataReader, T> read)
    {
        var rows = new List<T>();
        while (Blocks ? reader.Read() : await reader.ReadAsync(cancellation))
            rows.Add(read(reader));
        return rows;
    }

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

    IEnumerable<Statement> Whole(IReadOnlyList<Statement> statements, bool isLast)
    {
        if (TakeFirst() is { } first)
            yield return new(first);
        foreach (var statement in statements)
            yield return statement;
        if (isLast)
            yield return new("COMMIT");
    }

    string? TakeFirst()
    {
        var taken = isBegun ? null : First;
        isBegun = true;
        return taken;
    }

    DbCommand Command(string sql, (string Name, object? Value)[] parameters)
    {
        if (TakeFirst() is { } first)
            sql = $"{first}; {sql}";
        var command = connection.CreateCommand();
        command.Transaction = IsCommitted ? null : transaction;
        command.CommandText = sql;
        if (IsPatient)
            command.CommandTimeout = 0;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }
        return command;
    }
}
