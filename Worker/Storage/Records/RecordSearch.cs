using System.Data.Common;
using OpenAIWorker.Storage.Counts;
using OpenAIWorker.Storage.Databases;

namespace OpenAIWorker.Storage.Records;

/// <summary>Reads the records, and deletes them.</summary>
sealed class RecordSearch(Database database)
{
    // A transaction with many rows would delay the jobs.
    const int DeletedAtOnce = 500;

    /// <summary>How many of the newest records are searched for a part of an id.</summary>
    public const int Searched = 50_000;

    const string Contents = "request_key, request, ending_key, ending";

    /// <summary>A page, the newest first.</summary>
    public async Task<List<JobRecord>> List(JobFilter filter, int limit, CancellationToken cancellation) =>
        (await Page(filter, limit, cancellation)).Jobs;

    /// <summary>The same, and whether only the newest records were searched.</summary>
    public async Task<(List<JobRecord> Jobs, bool IsBounded)> Page(JobFilter filter, int limit,
        CancellationToken cancellation)
    {
        var bounded = await Bounded(filter, cancellation);
        var (where, parameters) = bounded.Sql;
        const string newest = "ORDER BY received_at DESC, job_id DESC LIMIT @limit";
        // PostgreSQL would read each record for its id. A search that needs nothing else of it reads only the index.
        if (bounded.IsOnlyText)
            where = $"WHERE (received_at, job_id) IN (SELECT received_at, job_id FROM job_records {where} {newest})";
        var jobs = await database.Read(session => session.Rows(
            $"SELECT {JobRecord.Columns} FROM job_records {where} {newest}", JobRecord.Read,
            [.. parameters, ("limit", limit)]), cancellation);
        return (jobs, bounded != filter);
    }

    /// <summary>
    /// The same filter, with a time if it looks for a part of an id and has none: no index finds that, so older records
    /// than the newest ones are searched only if a time says so. With fewer records there is nothing to add.
    /// </summary>
    public async Task<JobFilter> Bounded(JobFilter filter, CancellationToken cancellation) =>
        filter is { Text: not null, Since: null } && await database.Read(session => session.Rows(
            $"SELECT received_at FROM job_records ORDER BY received_at DESC LIMIT 1 OFFSET {Searched}",
            row => JobRecord.Time(row, 0), []), cancellation) is [{ } since]
            ? filter with { Since = since }
            : filter;

    /// <summary>All records with an id: each tenant may have one.</summary>
    public Task<List<WholeRecord>> Find(string id, string? tenant, CancellationToken cancellation) =>
        database.Read(async session =>
    {
        var found = await session.Rows(
            $"SELECT {JobRecord.Columns}, {Contents} FROM job_records WHERE job_id = @job "
                + $"{(tenant is null ? "" : "AND tenant = @tenant")} ORDER BY tenant",
            row => new WholeRecord(JobRecord.Read(row), [], Content(row, JobRecord.ColumnCount),
                Content(row, JobRecord.ColumnCount + 2)), Of(id, tenant));
        var whole = new List<WholeRecord>();
        foreach (var record in found)
            whole.Add(record with { Steps = await Steps(session, record.Record.Key) });
        return whole;
    }, cancellation);

    /// <summary>The records of these ids, without their contents.</summary>
    public Task<List<JobRecord>> Find(IReadOnlyList<string> ids, string? tenant, CancellationToken cancellation) =>
        database.Read(async session =>
    {
        var found = new List<JobRecord>();
        foreach (var id in ids)
            found.AddRange(await session.Rows(
                $"SELECT {JobRecord.Columns} FROM job_records WHERE job_id = @job "
                    + $"{(tenant is null ? "" : "AND tenant = @tenant")}", JobRecord.Read, Of(id, tenant)));
        return found;
    }, cancellation);

    /// <summary>Deletes what was received, or ended, before.</summary>
    public async Task<int> Sweep(DateTimeOffset before, CancellationToken cancellation)
    {
        var time = ("before", (object?)before.ToUnixTimeMilliseconds());
        var deleted = await Delete("ended_at < @before", [time], cancellation)
            // By the time of receiving, which is in an index; it is never after the time of the last change.
            + await Delete("ended_at IS NULL AND state IN ('waiting', 'running') AND received_at < @before "
                + "AND changed_at < @before", [time], cancellation);
        await database.WriteBeside(async session =>
        {
            await session.Run("DELETE FROM job_sums WHERE hour < @hour", ("hour", EndedSum.HourOf(before)));
            return await session.Run("DELETE FROM job_groups WHERE changed_at < @before", time);
        }, isDurable: false, cancellation);
        return deleted;
    }

    /// <summary>Deletes the records of ended jobs, and groups without jobs.</summary>
    public async Task<int> Purge(JobPurge which, CancellationToken cancellation)
    {
        var deleted = await Delete(string.Join(" AND ", which.Conditions.Append("ended_at IS NOT NULL")),
            which.Parameters, cancellation);
        if (which.OfGroups is { } groups)
            await database.WriteBeside(session => session.Run(
                $"""
                DELETE FROM job_groups WHERE {groups} AND NOT EXISTS
                    (SELECT 1 FROM job_records WHERE group_id = job_groups.id AND job_records.tenant = job_groups.tenant)
                """, which.Parameters), isDurable: false, cancellation);
        if (which is { Id: null, Group: null, Tenant: { } tenant })
            await database.WriteBeside(session => session.Run("DELETE FROM job_sums WHERE tenant = @tenant",
                ("tenant", tenant)), isDurable: false, cancellation);
        return deleted;
    }

    async Task<int> Delete(string which, (string Name, object? Value)[] parameters, CancellationToken cancellation)
    {
        for (var deleted = 0; ;)
        {
            var some = await database.WriteBeside(async session =>
            {
                var keys = await session.Rows(
                    $"SELECT job_id, tenant FROM job_records WHERE {which} LIMIT {DeletedAtOnce}",
                    row => new JobKey(row.GetString(0), row.GetString(1)), parameters);
                foreach (var key in keys.Order())
                {
                    await session.Run("DELETE FROM job_steps WHERE job_id = @job AND tenant = @tenant",
                        Of(key.Id, key.Tenant));
                    await session.Run("DELETE FROM job_records WHERE job_id = @job AND tenant = @tenant",
                        Of(key.Id, key.Tenant));
                }
                return keys.Count;
            }, isDurable: false, cancellation);
            deleted += some;
            if (some < DeletedAtOnce)
                return deleted;
        }
    }

    static Task<List<PastStep>> Steps(Session session, JobKey key) => session.Rows(
        "SELECT at, kind, code, reason, wait_until FROM job_steps WHERE job_id = @job AND tenant = @tenant ORDER BY at",
        row =>
            new PastStep(JobRecord.Time(row, 0)!.Value, row.GetString(1), row.GetString(2),
                row.IsDBNull(3) ? null : row.GetString(3), JobRecord.Time(row, 4)), Of(key.Id, key.Tenant));

    static (string, object?)[] Of(string id, string? tenant) =>
        tenant is null ? [("job", id)] : [("job", id), ("tenant", tenant)];

    static SealedContent? Content(DbDataReader row, int column) =>
        row.IsDBNull(column + 1)
            ? null
            : new(row.GetFieldValue<byte[]>(column + 1), row.IsDBNull(column) ? null : row.GetString(column));
}
