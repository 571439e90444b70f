using OpenAIWorker.Storage.Counts;
using OpenAIWorker.Storage.Databases;

namespace OpenAIWorker.Storage.Records;

/// <summary>
/// The workers that live. Each counts up a number of its own; who sees that a number has not moved for a while, by its
/// own clock, strikes that worker off, and its jobs are free. So no two machines need the same time.
/// </summary>
sealed class WorkerRegister(Database database, IWorkerStatus status, TimeProvider clock)
{
    /// <summary>How often a worker counts.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>After so long without a sign of life a worker is gone.</summary>
    public static readonly TimeSpan Gone = TimeSpan.FromSeconds(30);

    const string Add =
        "INSERT INTO workers (id, host, started_at, beat) VALUES (@id, @host, @now, 0) ON CONFLICT (id) DO NOTHING";

    const string Orphans = """
        SELECT DISTINCT owner FROM job_records
        WHERE owner IS NOT NULL AND ended_at IS NULL AND NOT EXISTS (SELECT 1 FROM workers WHERE workers.id = owner)
        """;

    readonly Dictionary<string, (long Beat, long Since)> seen = [];
    readonly DateTimeOffset started = clock.GetUtcNow();

    /// <summary>This worker.</summary>
    public string Id { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Gives a row where this worker is in the register.</summary>
    public Statement IsKnown => new("SELECT id FROM workers WHERE id = @id", ("id", Id));

    /// <summary>
    /// Puts this worker into the register. In a transaction of its own: who looks for a job's owner has to see him.
    /// </summary>
    public Task<int> Enter() =>
        database.WriteBeside(session => Enter(session), isDurable: false, CancellationToken.None);

    Task<int> Enter(Session session) =>
        session.Run(Add, ("id", Id), ("host", Environment.MachineName), ("now", started.ToUnixTimeMilliseconds()));

    /// <summary>This worker lives; those that do not are struck off.</summary>
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
            // While the database is away nobody can give a sign of life.
            seen.Clear();
            throw;
        }
        foreach (var gone in Silent(signs))
            await database.WriteBeside(session =>
                session.Run("DELETE FROM workers WHERE id = @id AND beat = @beat", ("id", gone.Id),
                    ("beat", gone.Beat)), isDurable: false, cancellation);
        await database.WriteBeside(FreeOrphans, isDurable: false, cancellation);
    }

    /// <summary>This worker stops: its jobs are free at once.</summary>
    public Task Leave(CancellationToken cancellation) => database.WriteBeside(async session =>
    {
        await session.Run("DELETE FROM workers WHERE id = @id", ("id", Id));
        return await Free(session, Id);
    }, isDurable: false, cancellation);

    // By name, and not in one statement: that would read the register as it was when it began, without a worker that
    // came while it waited for a row.
    static async Task<int> FreeOrphans(Session session)
    {
        var freed = 0;
        foreach (var owner in await session.Rows(Orphans, row => row.GetString(0)))
            freed += await Free(session, owner);
        return freed;
    }

    static Task<int> Free(Session session, string owner) => session.Run(
        "UPDATE job_records SET owner = NULL, state = 'waiting' WHERE owner = @owner AND ended_at IS NULL",
        ("owner", owner));

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
