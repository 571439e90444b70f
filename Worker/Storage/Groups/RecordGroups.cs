using System.Data.Common;
using OpenAIWorker.Storage.Databases;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Storage.Groups;

/// <summary>Reads the groups of jobs.</summary>
sealed class RecordGroups(Database database)
{
    const string Columns = "id, tenant, size, completed, failed, first_seen, changed_at, ended_at";

    const string Sums = """
        SELECT COUNT(CASE WHEN state = 'waiting' THEN 1 END), COUNT(CASE WHEN state = 'running' THEN 1 END),
            CAST(COALESCE(SUM(input_tokens), 0) AS BIGINT), CAST(COALESCE(SUM(output_tokens), 0) AS BIGINT), SUM(cost), MAX(currency)
        FROM job_records WHERE group_id = @id AND tenant = @tenant
        """;

    /// <summary>A page, the newest first.</summary>
    /// <param name="tenant">The only tenant; null: all.</param>
    /// <param name="after">The last one on the previous page.</param>
    /// <param name="limit">The size of the page.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<List<GroupProgress>> List(string? tenant, GroupMark? after, int limit, CancellationToken cancellation)
    {
        List<string> conditions = [];
        List<(string Name, object? Value)> parameters = [("limit", limit)];
        if (tenant is not null)
        {
            conditions.Add("tenant = @tenant");
            parameters.Add(("tenant", tenant));
        }
        if (after is { } mark)
        {
            conditions.Add("(first_seen, id) < (@seen, @after)");
            parameters.AddRange([("seen", mark.FirstSeen.ToUnixTimeMilliseconds()), ("after", mark.Id)]);
        }
        var where = conditions.Count == 0 ? "" : $"WHERE {string.Join(" AND ", conditions)}";
        return database.Read(session => session.Rows(
            $"SELECT {Columns} FROM job_groups {where} ORDER BY first_seen DESC, id DESC LIMIT @limit", Read,
            [.. parameters]), cancellation);
    }

    /// <summary>All groups with an id: each tenant may have one.</summary>
    public Task<List<WholeGroup>> Find(string id, string? tenant, CancellationToken cancellation) =>
        database.Read(async session =>
    {
        var whole = new List<WholeGroup>();
        foreach (var group in await session.Rows(
            $"SELECT {Columns} FROM job_groups WHERE id = @id {(tenant is null ? "" : "AND tenant = @tenant")} "
                + "ORDER BY tenant", Read, tenant is null ? [("id", id)] : [("id", id), ("tenant", tenant)]))
            whole.Add(await Whole(session, group));
        return whole;
    }, cancellation);

    /// <summary>A group with the sums of its jobs.</summary>
    public static async Task<WholeGroup> Whole(Session session, GroupProgress group) =>
        (await session.Rows(Sums, row => new WholeGroup(group, row.GetInt64(0), row.GetInt64(1), row.GetInt64(2),
            row.GetInt64(3), row.IsDBNull(4) ? null : row.GetDouble(4), row.IsDBNull(5) ? null : row.GetString(5)),
            ("id", group.Key.Id), ("tenant", group.Key.Tenant)))[0];

    /// <summary>Reads <c>id, tenant, size, completed, failed, first_seen, changed_at, ended_at</c>.</summary>
    public static GroupProgress Read(DbDataReader row) => new(new(row.GetString(0), row.GetString(1)),
        (int)row.GetInt64(2), (int)row.GetInt64(3), (int)row.GetInt64(4), JobRecord.Time(row, 5)!.Value,
        JobRecord.Time(row, 6)!.Value, JobRecord.Time(row, 7));
}
