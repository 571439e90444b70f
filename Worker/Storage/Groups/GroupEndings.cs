using OpenAIWorker.Storage.Databases;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Storage.Groups;

/// <summary>
/// Groups that have ended and whose ending must be published. The database remembers the unpublished ones, so that
/// another worker publishes the ending if the first one is killed.
/// </summary>
sealed class GroupEndings(Database database, WorkerRegister register, TimeProvider clock)
{
    const string Untold = "told_at IS NULL AND ended_at IS NOT NULL AND ended_at <= @until";

    const string Take = $"""
        UPDATE job_groups SET teller = @worker
        WHERE {Untold} AND (teller IS NULL OR teller <> @worker AND NOT EXISTS (SELECT 1 FROM workers WHERE workers.id = teller))
        RETURNING id, tenant, size, completed, failed, first_seen, changed_at, ended_at
        """;

    // Lets the events of its last jobs, which other workers are publishing, come first.
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>The groups that this worker must publish now.</summary>
    public async Task<IReadOnlyList<WholeGroup>> Next(CancellationToken cancellation)
    {
        var until = (clock.GetUtcNow() - Pause).ToUnixTimeMilliseconds();
        if (await database.Read(session =>
            session.Row($"SELECT id FROM job_groups WHERE {Untold} LIMIT 1", row => row.GetString(0), ("until", until)),
            cancellation) is null)
            return [];
        return await database.WriteBeside(async session =>
        {
            // Another worker would treat them as those of a dead worker.
            if (await session.Row(register.IsKnown.Sql, row => row.GetString(0), register.IsKnown.Parameters) is null)
                return [];
            var whole = new List<WholeGroup>();
            foreach (var group in await session.Rows(Take, RecordGroups.Read, ("until", until),
                ("worker", register.Id)))
                whole.Add(await RecordGroups.Whole(session, group));
            return whole;
        }, isDurable: false, cancellation);
    }

    /// <summary>The broker has confirmed its ending.</summary>
    public Task Told(GroupKey group) => database.WriteBeside(session => session.Run(
        "UPDATE job_groups SET told_at = @now WHERE id = @id AND tenant = @tenant", ("id", group.Id),
        ("tenant", group.Tenant), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds())), isDurable: false,
        CancellationToken.None);
}
