using System.Data.Common;
using OpenAIWorker.Storage.Databases;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Storage.Counts;

/// <summary>
/// Sums of jobs. The usual ones are read from stored sums by the hour of the endings, however many records there are;
/// the others from the records themselves.
/// </summary>
sealed class JobSums(Database database, TimeProvider clock)
{
    const string Used = """
        CAST(COALESCE(SUM(input_tokens), 0) AS BIGINT), CAST(COALESCE(SUM(output_tokens), 0) AS BIGINT), SUM(cost),
            MAX(currency)
        """;

    // In a day, one hour more or less matters little.
    static readonly TimeSpan Exact = TimeSpan.FromDays(1);

    /// <summary>
    /// Sums by <c>operation</c>, <c>model</c>, <c>tenant</c>, <c>credential</c>, <c>day</c>, <c>group</c> or
    /// <c>code</c>, sorted by name.
    /// </summary>
    public async Task<List<JobSum>> By(string name, JobFilter filter, CancellationToken cancellation)
    {
        if (name is "group" or "code" || !IsKept(filter))
            return await FromRecords(name, filter, cancellation);
        var sums = (await Kept(name, filter, cancellation)).ToDictionary(sum => sum.Name);
        foreach (var (open, jobs) in await Open(name, filter, cancellation))
            sums[open] = sums.GetValueOrDefault(open, new(open, 0, 0, 0, 0, 0, null, null)) is var ended
                ? ended with { Jobs = ended.Jobs + jobs }
                : ended;
        return [.. sums.Values.OrderBy(sum => sum.Name, StringComparer.Ordinal)];
    }

    bool IsKept(JobFilter filter) => filter is { State: null, Code: null, Group: null, Text: null, After: null }
        && (filter.Since is not { } since || clock.GetUtcNow() - since > Exact);

    Task<List<JobSum>> Kept(string name, JobFilter filter, CancellationToken cancellation)
    {
        var (where, parameters) = (filter with { Since = null }).Sql;
        if (filter.Since is { } since)
            (where, parameters) = (And(where, "hour >= @hour"), [.. parameters, ("hour", EndedSum.HourOf(since))]);
        var column = name == "day" ? database.Day($"hour * {(long)EndedSum.Hour.TotalMilliseconds}") : name;
        return Rows(
            $"""
            SELECT {Text(column)}, CAST(SUM(jobs) AS BIGINT), CAST(SUM(jobs - failed) AS BIGINT),
                CAST(SUM(failed) AS BIGINT), {Used} FROM job_sums {where} GROUP BY 1
            """, Read, parameters, cancellation);
    }

    // Uses a partial index, because most records have ended.
    Task<List<(string Name, long Jobs)>> Open(string name, JobFilter filter, CancellationToken cancellation)
    {
        var (where, parameters) = filter.Sql;
        return Rows(
            $"SELECT {Text(Column(name))}, COUNT(*) FROM job_records {And(where, "ended_at IS NULL")} GROUP BY 1",
            row => (row.GetString(0), row.GetInt64(1)), parameters, cancellation);
    }

    Task<List<JobSum>> FromRecords(string name, JobFilter filter, CancellationToken cancellation)
    {
        var (where, parameters) = filter.Sql;
        // Most jobs have neither, and are not read.
        if (name is "group" or "code")
            where = And(where, $"{Column(name)} IS NOT NULL");
        return Rows(
            $"""
            SELECT {Text(Column(name))}, COUNT(*), COUNT(CASE WHEN state = 'completed' THEN 1 END),
                COUNT(CASE WHEN state = 'failed' THEN 1 END), {Used} FROM job_records {where} GROUP BY 1 ORDER BY 1
            """, Read, parameters, cancellation);
    }

    Task<List<T>> Rows<T>(string sql, Func<DbDataReader, T> read,
        IReadOnlyList<(string Name, object? Value)> parameters, CancellationToken cancellation) =>
        database.Read(session => session.Rows(sql, read, [.. parameters]), cancellation);

    string Column(string name) => name switch
    {
        "day" => database.Day("received_at"),
        "group" => "group_id",
        _ => name,
    };

    static string And(string where, string condition) =>
        where.Length > 0 ? $"{where} AND {condition}" : $"WHERE {condition}";

    static string Text(string column) => $"COALESCE(CAST({column} AS TEXT), '')";

    static JobSum Read(DbDataReader row)
    {
        var currency = row.IsDBNull(7) ? null : row.GetString(7);
        return new(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4),
            row.GetInt64(5), currency is null || row.IsDBNull(6) ? null : row.GetDouble(6), currency);
    }
}
