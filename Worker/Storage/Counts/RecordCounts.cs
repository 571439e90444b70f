using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using OpenAIWorker.Storage.Databases;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Storage.Counts;

/// <summary>
/// Numbers for pages that are read again and again: each comes from an index or from stored sums, however many records
/// there are. A tenant of null means all.
/// </summary>
sealed class RecordCounts(Database database)
{
    const long Minute = 60_000;
    const long Hour = 60 * Minute;

    /// <summary>Jobs that have not ended.</summary>
    public async Task<OpenJobs> Open(string? tenant, CancellationToken cancellation)
    {
        var counts = (await Rows("SELECT state, COUNT(*) FROM job_records WHERE ended_at IS NULL", tenant,
            "GROUP BY state", row => (State: row.GetString(0), Count: row.GetInt64(1)), [], cancellation))
            .ToDictionary(count => count.State, count => count.Count);
        return new(counts.GetValueOrDefault(JobStates.Waiting), counts.GetValueOrDefault(JobStates.Running));
    }

    /// <summary>What jobs wait for, the most frequent first.</summary>
    public Task<List<WaitCount>> Waits(string? tenant, CancellationToken cancellation) => Rows(
        """
        SELECT code, model, credential, COUNT(*) AS jobs, MIN(wait_until), MAX(wait_until) FROM job_records
            WHERE state = 'waiting'
        """, tenant, "GROUP BY code, model, credential ORDER BY jobs DESC", row => new WaitCount(Text(row, 0),
            Text(row, 1), row.GetString(2), row.GetInt64(3), JobRecord.Time(row, 4), JobRecord.Time(row, 5)), [],
        cancellation);

    /// <summary>Endings by minute, the oldest first.</summary>
    public Task<List<MinuteCount>> PerMinute(DateTimeOffset since, string? tenant, CancellationToken cancellation) =>
        Rows(
            $"""
            SELECT ended_at / {Minute} AS minute, COUNT(CASE WHEN state = 'completed' THEN 1 END),
                COUNT(CASE WHEN state = 'failed' THEN 1 END)
            FROM job_records WHERE ended_at >= @since
            """, tenant, $"GROUP BY ended_at / {Minute} ORDER BY minute", row => new MinuteCount(
                DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0) * Minute), row.GetInt64(1), row.GetInt64(2)),
            [("since", since.ToUnixTimeMilliseconds())], cancellation);

    /// <summary>The spend since the start of an hour, the largest first; by hour the oldest first.</summary>
    public Task<List<SpendSum>> Spend(SpendBy by, DateTimeOffset since, string? tenant, CancellationToken cancellation)
    {
        var column = Column(by);
        return Rows(
            $"""
            SELECT CAST({column} AS TEXT), CAST(SUM(jobs) AS BIGINT), CAST(SUM(failed) AS BIGINT),
                CAST(SUM(input_tokens) AS BIGINT),
                CAST(SUM(output_tokens) AS BIGINT), SUM(cost) AS spent, MAX(currency)
            FROM job_sums WHERE hour >= @since
            """, tenant, $"GROUP BY {column} ORDER BY {(by == SpendBy.Hour ? "hour" : "spent DESC, 2 DESC, 1")}",
            row => new SpendSum(Name(by, row.GetString(0)), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3),
                row.GetInt64(4), row.GetDouble(5), Text(row, 6)), [("since", EndedSum.HourOf(since))], cancellation);
    }

    /// <summary>Failures of jobs received since a time, the most frequent first.</summary>
    public Task<List<FailureCount>> Failures(DateTimeOffset since, string? tenant, CancellationToken cancellation) =>
        Rows(
            """
            SELECT code, operation, model, COUNT(*) AS jobs, MAX(received_at) FROM job_records
                WHERE state = 'failed' AND received_at >= @since
            """, tenant, "GROUP BY code, operation, model ORDER BY jobs DESC", row => new FailureCount(
                Text(row, 0) ?? "", row.GetString(1), Text(row, 2), row.GetInt64(3), JobRecord.Time(row, 4)!.Value),
            [("since", since.ToUnixTimeMilliseconds())], cancellation);

    /// <summary>
    /// The duration of completed jobs since a time, from their first sight: this share of them took no longer. Null:
    /// none completed.
    /// </summary>
    /// <param name="share">Such as 0.95.</param>
    /// <param name="since">Preferably a few minutes ago, because all of them are sorted.</param>
    /// <param name="tenant">Only of this tenant.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<TimeSpan?> Latency(double share, DateTimeOffset since, string? tenant,
        CancellationToken cancellation)
    {
        const string completed = "FROM job_records WHERE ended_at >= @since AND state = 'completed'";
        (string Name, object? Value)[] parameters = [("since", since.ToUnixTimeMilliseconds())];
        var count = (await Rows($"SELECT COUNT(*) {completed}", tenant, "", row => row.GetInt64(0), parameters,
            cancellation))[0];
        if (count == 0)
            return null;
        var slower = Math.Min((long)(count * (1 - share)), count - 1);
        var found = await Rows($"SELECT ended_at - received_at AS took {completed}", tenant,
            "ORDER BY took DESC LIMIT 1 OFFSET @slower", row => row.GetInt64(0), [.. parameters, ("slower", slower)],
            cancellation);
        return found is [var took] ? TimeSpan.FromMilliseconds(took) : null;
    }

    Task<List<T>> Rows<T>(string select, string? tenant, string rest, Func<DbDataReader, T> read,
        (string Name, object? Value)[] parameters, CancellationToken cancellation) => database.Read(session =>
        session.Rows($"{select} {(tenant is null ? "" : "AND tenant = @tenant")} {rest}", read,
            tenant is null ? parameters : [.. parameters, ("tenant", tenant)]), cancellation);

    static string Column(SpendBy by) => by switch
    {
        SpendBy.Model => "model",
        SpendBy.Tenant => "tenant",
        SpendBy.Credential => "credential",
        SpendBy.Operation => "operation",
        SpendBy.Hour => "hour",
        _ => throw new UnreachableException($"{by}"),
    };

    static string Name(SpendBy by, string name) => by == SpendBy.Hour
        ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(name, CultureInfo.InvariantCulture) * Hour)
            .ToString("yyyy-MM-ddTHH", CultureInfo.InvariantCulture)
        : name;

    static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
