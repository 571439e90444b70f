namespace OpenAIWorker.Storage.Databases;

/// <summary>The type of a column.</summary>
enum ColumnKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A whole number of up to 64 bits.</summary>
    Number,

    /// <summary>Any number.</summary>
    Real,

    /// <summary>Bytes.</summary>
    Bytes,
}

/// <summary>
/// An insert of many rows. A server gets them in one statement, because reading and planning a statement costs it more
/// than a row does. A file gets them one by one, in a prepared statement.
/// </summary>
/// <param name="table">The table. <paramref name="then"/> uses its name.</param>
/// <param name="columns">The columns, in the order of a row's values.</param>
/// <param name="where">A condition for a row, which is called <c>given</c>.</param>
/// <param name="then">The SQL after the values, such as <c>ON CONFLICT … RETURNING …</c>, without parameters.</param>
sealed class Insert(
    string table, IReadOnlyList<(string Name, ColumnKind Kind)> columns, string where, string then)
{
    readonly string one = $"""
        INSERT INTO {table} ({Names(columns, "")}) SELECT * FROM (SELECT {NamedValues(columns)}) AS given
        WHERE {where} {then}
        """;

    readonly string many = $"""
        INSERT INTO {table} ({Names(columns, "")})
        SELECT * FROM UNNEST({Names(columns, "@")}) AS given ({Names(columns, "")}) WHERE {where} {then}
        """;

    /// <summary>One statement for each row.</summary>
    public IEnumerable<Statement> OneByOne(IEnumerable<object?[]> rows) =>
        rows.Select(row => new Statement(one, [.. columns.Select((column, at) => (column.Name, row[at]))]));

    /// <summary>
    /// What a server does with the rows that were written, in the same statement: SQL that reads them from
    /// <c>written</c>, and may have the parameters of <see cref="AtOnce"/>.
    /// </summary>
    public string? Beside { get; init; }

    /// <summary>One statement for all rows. No two of them may conflict.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="more">The parameters of <see cref="Beside"/>.</param>
    public Statement AtOnce(IReadOnlyList<object?[]> rows, params (string Name, object? Value)[] more) =>
        new(Beside is null ? many : $"WITH written AS ({many}), beside AS ({Beside}) SELECT * FROM written",
        [
            .. columns.Select((column, at) => (column.Name, (object?)Values(column.Kind, rows, at))),
            .. Beside is null ? [] : more,
        ]);

    static Array Values(ColumnKind kind, IReadOnlyList<object?[]> rows, int at) => kind switch
    {
        ColumnKind.Number => Of<long?>(rows, at),
        ColumnKind.Real => Of<double?>(rows, at),
        ColumnKind.Bytes => Of<byte[]?>(rows, at),
        _ => Of<string?>(rows, at),
    };

    static T[] Of<T>(IReadOnlyList<object?[]> rows, int at) => [.. rows.Select(row => (T)row[at]!)];

    static string NamedValues(IReadOnlyList<(string Name, ColumnKind Kind)> columns) =>
        string.Join(", ", columns.Select(column => $"@{column.Name} AS {column.Name}"));

    static string Names(IReadOnlyList<(string Name, ColumnKind Kind)> columns, string before) =>
        string.Join(", ", columns.Select(column => before + column.Name));
}
