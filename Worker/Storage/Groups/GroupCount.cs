using OpenAIWorker.Storage.Databases;

namespace OpenAIWorker.Storage.Groups;

/// <summary>The changes of one transaction for a group.</summary>
/// <param name="Key">The group.</param>
sealed record GroupCount(GroupKey Key)
{
    const string Of = "FROM job_records WHERE group_id = @id AND tenant = @tenant AND state =";

    const string Ended = "ended_at = COALESCE(ended_at, CASE WHEN completed + failed";

    // Locks the row: the count after it includes everything that others have counted.
    const string Hold =
        "UPDATE job_groups SET changed_at = @now WHERE id = @id AND tenant = @tenant RETURNING id";

    const string Add = $"""
        UPDATE job_groups SET completed = completed + @completed, failed = failed + @failed, changed_at = @now,
            {Ended} + @completed + @failed >= size THEN @now END)
        WHERE id = @id AND tenant = @tenant RETURNING id
        """;

    const string Recount = $"""
        UPDATE job_groups SET completed = (SELECT COUNT(*) {Of} 'completed'), failed = (SELECT COUNT(*) {Of} 'failed')
        WHERE id = @id AND tenant = @tenant
        """;

    const string End = $"UPDATE job_groups SET {Ended} >= size THEN @now END) WHERE id = @id AND tenant = @tenant";

    public const string Enter = """
        INSERT INTO job_groups (id, tenant, size, completed, failed, first_seen, changed_at) VALUES (@id, @tenant, @size, 0, 0, @now, @now)
        ON CONFLICT (id, tenant) DO NOTHING
        """;

    /// <summary>Jobs that completed.</summary>
    public int Completed { get; init; }

    /// <summary>Jobs that failed.</summary>
    public int Failed { get; init; }

    /// <summary>Whether an ended job has started again: then all jobs are counted again.</summary>
    public bool IsAnew { get; init; }

    /// <summary>The number of its jobs, if it is known.</summary>
    public int? Size { get; init; }

    public GroupCount And(GroupCount other) => this with
    {
        Completed = Completed + other.Completed,
        Failed = Failed + other.Failed,
        IsAnew = IsAnew || other.IsAnew,
        Size = Size ?? other.Size,
    };

    /// <summary>Writes it to the database. The last job to end ends the group.</summary>
    public async Task Write(Session session, DateTimeOffset now)
    {
        (string Name, object? Value)[] key =
            [("id", Key.Id), ("tenant", Key.Tenant), ("now", now.ToUnixTimeMilliseconds())];
        if (!IsAnew && await session.Row(Add, row => row.GetString(0),
            [.. key, ("completed", (long)Completed), ("failed", (long)Failed)]) is not null)
            return;
        // The group was deleted meanwhile.
        if (await session.Row(Hold, row => row.GetString(0), key) is null)
        {
            if (Size is not { } size)
                return;
            await session.Run(Enter, [.. key, ("size", (long)size)]);
        }
        await session.Run(Recount, key[..2]);
        await session.Run(End, key);
    }
}
