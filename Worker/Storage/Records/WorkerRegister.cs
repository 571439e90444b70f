using OpenAIWorker.Storage.Counts;
using OpenAIWorker.Storage.Databases;

namespace OpenAIWorker.Storage.Records;

/// <summary>
/// The live workers. Each worker increments its own number. If a number does not change for a while, another worker
/// removes that worker, by its own clock, and its jobs are free. So the machines' clocks need not agree.
/// </summary>
sealed class WorkerRegister(Database database, IWorkerStatus status, TimeProvider clock)
{
    /// <summary>The interval of signs of life.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>After this time without a sign of life a worker counts as dead.</summary>
    public static readonly TimeSpan Gone = TimeSpan.FromSeconds(30);

    const string Add =
        "INSERT INTO workers (id, host, started_at, beat) VALUES (@id, @host, @now, 0) ON CONFLICT (id) DO NOTHING";

    const string Orphans = """
        SELECT DISTINCT owner FROM job_records
        WHERE state = 'running' AND ended_at IS NULL AND owner IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM workers WHERE workers.id = owner)
        ORDER BY owner
        """;

    const string Release = """
        UPDATE job_records SET owner = NULL, state = 'waiting'
        WHERE job_id = @job AND tenant = @tenant AND owner = @owner AND ended_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM workers WHERE workers.id = @owner) RETURNING job_id
        """;

    readonly Dictionary<string, (long Beat, long Since)> seen = [];
    readonly DateTimeOffset started = clock.GetUtcNow();

    /// <summary>The id of this worker.</summary>
    public string Id { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Returns a row if this worker is in the register.</summary>
    public Statement IsKnown => new("SELECT id, host FROM workers WHERE id = @id", ("id", Id));

    /// <summary>
    /// Adds this worker to the register. In a separate transaction, so that others who look for a job's owner see it.
    /// </summary>
    public Task<int> Enter() =>
        database.WriteBeside(session => Enter(session), isDurable: false, CancellationToken.None);

    Task<int> Enter(Session session) =>
        session.Run(Add, ("id", Id), ("host", Environment.MachineName), ("now", started.ToUnixTimeMilliseconds()));

    /// <summary>Gives a sign of life, and removes workers that give none.</summary>
    public async Task Beat(CancellationToken cancellation)
    {
        List<Sign> signs;
        try
        {
            signs = await database.WriteBeside(async session =>
            {
                if (await session.Run("UPDATE workers SET beat = beat + 1, status = @status WHERE id = @id",
                    ("status", status.Now()), ("id", Id)) == 0)
                    await Enter(session);
                return await session.Rows("SELECT id, beat FROM workers WHERE id <> @id",
                    row => new Sign(row.GetString(0), row.GetInt64(1)), ("id", Id));
            }, isDurable: false, cancellation);
        }
        catch
        {
            // While the database is unavailable, no worker can give a sign of life.
            seen.Clear();
            throw;
        }
        foreach (var gone in Silent(signs))
            await database.WriteBeside(session =>
                session.Run("DELETE FROM workers WHERE id = @id AND beat = @beat", ("id", gone.Id),
                    ("beat", gone.Beat)), isDurable: false, cancellation);
        // Each in a transaction of its own: two workers that free the jobs of two dead ones, in opposite order, would
        // wait for each other.
        foreach (var owner in await database.Read(session => session.Rows(Orphans, row => row.GetString(0)),
            cancellation))
            await database.WriteBeside(session => Free(session, owner), isDurable: false, cancellation);
    }

    /// <summary>This worker stops: its jobs are free at once.</summary>
    public Task Leave(CancellationToken cancellation) => database.WriteBeside(async session =>
    {
        await session.Run("DELETE FROM workers WHERE id = @id", ("id", Id));
        return await Free(session, Id);
    }, isDurable: false, cancellation);

    // In the order in which workers claim jobs, to avoid deadlocks.
    static async Task<int> Free(Session session, string owner)
    {
        var jobs = await session.Rows(
            """
            SELECT job_id, tenant FROM job_records WHERE state = 'running' AND ended_at IS NULL AND owner = @owner
            """,
            row => new JobKey(row.GetString(0), row.GetString(1)), ("owner", owner));
        if (jobs.Count == 0)
            return 0;
        var freed = await session.Each([.. jobs.Order().Select(job => new Statement(Release, ("job", job.Id),
            ("tenant", job.Tenant), ("owner", owner)))], _ => true);
        return freed.Sum(rows => rows.Count);
    }

    List<Sign> Silent(List<Sign> signs)
    {
        var now = clock.GetTimestamp();
        foreach (var struck in seen.Keys.Except(signs.Select(sign => sign.Id)).ToList())
            seen.Remove(struck);
        foreach (var sign in signs.Where(sign =>
            !seen.TryGetValue(sign.Id, out var before) || before.Beat != sign.Beat))
            seen[sign.Id] = (sign.Beat, now);
        return [.. signs.Where(sign => clock.GetElapsedTime(seen[sign.Id].Since, now) > Gone)];
    }

    readonly record struct Sign(string Id, long Beat);
}
