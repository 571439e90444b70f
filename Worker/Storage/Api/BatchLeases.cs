using OpenAIWorker.Storage.Databases;

namespace OpenAIWorker.Storage.Api;

/// <summary>
/// Which process runs which batch. Each process increments a number. If a number does not change for a while, another
/// process takes the batch over, by its own clock. So the machines' clocks need not agree.
/// </summary>
sealed class BatchLeases(Lazy<Database> database, TimeProvider clock)
{
    /// <summary>After this time without a sign of life, any process may take a batch.</summary>
    public static readonly TimeSpan Gone = TimeSpan.FromSeconds(30);

    const string Held = "SELECT id, held_by, beat FROM api_batches WHERE ended_at IS NULL ORDER BY id";

    const string Take = """
        UPDATE api_batches SET held_by = @holder, beat = beat + 1
        WHERE id = @id AND beat = @beat AND ended_at IS NULL AND (held_by IS NULL OR held_by = @old)
        """;

    readonly Dictionary<string, (long Beat, long Since)> seen = [];

    /// <summary>The id of this process.</summary>
    public string Holder { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Gives a sign of life. Returns the batches that are this process's own, or that it may take.</summary>
    public async Task<List<string>> Beat(CancellationToken cancellation)
    {
        var signs = await database.Value.WriteBeside(async session =>
        {
            await session.Run("UPDATE api_batches SET beat = beat + 1 WHERE held_by = @holder AND ended_at IS NULL",
                ("holder", Holder));
            return await session.Rows(Held,
                row => new Sign(row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetInt64(2)));
        }, isDurable: false, cancellation);
        return Free(signs);
    }

    /// <summary>Takes a batch; null: another process was faster.</summary>
    public Task<ApiBatch?> TakeOver(string id, CancellationToken cancellation) =>
        database.Value.WriteBeside(async session =>
        {
            var sign = await session.Row("SELECT held_by, beat FROM api_batches WHERE id = @id AND ended_at IS NULL",
                row => new Sign(id, row.IsDBNull(0) ? null : row.GetString(0), row.GetInt64(1)), ("id", id));
            if (sign is null || !IsFree(sign)
                || await session.Run(Take, ("id", id), ("holder", Holder), ("beat", sign.Beat), ("old", sign.By ?? ""))
                    == 0)
                return null;
            return await session.Row($"SELECT {ApiBatch.Columns} FROM api_batches WHERE id = @id", ApiBatch.Read,
                ("id", id));
        }, isDurable: true, cancellation);

    /// <summary>Releases the batches when this process stops.</summary>
    public Task<int> Leave(CancellationToken cancellation) => database.Value.WriteBeside(
        session => session.Run("UPDATE api_batches SET held_by = NULL WHERE held_by = @holder", ("holder", Holder)),
        isDurable: false, cancellation);

    List<string> Free(List<Sign> signs)
    {
        var now = clock.GetTimestamp();
        foreach (var ended in seen.Keys.Except(signs.Select(sign => sign.Id)).ToList())
            seen.Remove(ended);
        foreach (var sign in signs.Where(sign =>
            !seen.TryGetValue(sign.Id, out var before) || before.Beat != sign.Beat))
            seen[sign.Id] = (sign.Beat, now);
        return [.. signs.Where(IsFree).Select(sign => sign.Id)];
    }

    bool IsFree(Sign sign) => sign.By is null || sign.By == Holder
        || seen.TryGetValue(sign.Id, out var last) && last.Beat == sign.Beat
            && clock.GetElapsedTime(last.Since) > Gone;

    sealed record Sign(string Id, string? By, long Beat);
}
