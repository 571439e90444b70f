using System.Text.Json;
using OpenAIWorker.Storage.Databases;
using static OpenAIWorker.Storage.Api.BatchStatuses;

namespace OpenAIWorker.Storage.Api;

/// <summary>The batches of OpenAI's API.</summary>
sealed class ApiBatchStore(Lazy<Database> database, TimeProvider clock)
{
    const string Insert = """
        INSERT INTO api_batches (id, tenant, input_file, status, created_at, expires_at, progress, beat)
        VALUES (@id, @tenant, @file, @status, @created, @expires, @progress, 0)
        """;

    // A batch that was told to stop meanwhile does not continue.
    const string Update = $"""
        UPDATE api_batches SET progress = @progress,
            status = CASE WHEN status = '{Cancelling}' AND CAST(@ended AS BIGINT) IS NULL THEN status ELSE @status END,
            ended_at = CAST(@ended AS BIGINT), held_by = CASE WHEN CAST(@ended AS BIGINT) IS NULL THEN held_by ELSE NULL END
        WHERE id = @id AND held_by = @holder AND ended_at IS NULL RETURNING status
        """;

    const string Stop = $"""
        UPDATE api_batches SET status = '{Cancelling}', cancelling_at = @now
        WHERE id = @id AND ended_at IS NULL AND status IN ('{Validating}', '{InProgress}')
        """;

    public Task<int> Add(ApiBatch batch, CancellationToken cancellation) => database.Value.WriteBeside(
        session => session.Run(Insert, ("id", batch.Id), ("tenant", batch.Tenant), ("file", batch.InputFile),
            ("status", batch.Status), ("created", batch.CreatedAt.ToUnixTimeMilliseconds()),
            ("expires", batch.ExpiresAt.ToUnixTimeMilliseconds()), ("progress", Written(batch.Progress))),
        isDurable: true, cancellation);

    /// <param name="id">Its id.</param>
    /// <param name="tenant">Its tenant; null: any.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<ApiBatch?> Find(string id, string? tenant, CancellationToken cancellation) =>
        database.Value.Read(session => session.Row(
            $"SELECT {ApiBatch.Columns} FROM api_batches WHERE id = @id"
                + (tenant is null ? "" : " AND tenant = @tenant"), ApiBatch.Read,
            tenant is null ? [("id", id)] : [("id", id), ("tenant", tenant)]), cancellation);

    /// <summary>A page, and one more if there is one.</summary>
    public Task<List<ApiBatch>> List(ApiPage page, CancellationToken cancellation)
    {
        var found = page.Of("api_batches", ApiBatch.Columns);
        return database.Value.Read(session => session.Rows(found.Sql, ApiBatch.Read, found.Parameters), cancellation);
    }

    /// <summary>Asks a batch to stop, if it has not ended.</summary>
    public Task<int> Cancel(string id, CancellationToken cancellation) => database.Value.WriteBeside(
        session => session.Run(Stop, ("id", id), ("now", Now)), isDurable: true, cancellation);

    /// <summary>Stores the progress of a batch, and its files if it has ended.</summary>
    /// <returns>Its status now.</returns>
    /// <exception cref="BatchLostException">Another process has it now.</exception>
    public Task<string> Save(ApiBatch batch, string holder, IReadOnlyList<ApiFile> files,
        CancellationToken cancellation) => database.Value.WriteBeside(async session =>
    {
        var status = await session.Row(Update, row => row.GetString(0), ("id", batch.Id), ("holder", holder),
            ("status", batch.Status), ("ended", batch.EndedAt?.ToUnixTimeMilliseconds()),
            ("progress", Written(batch.Progress))) ?? throw new BatchLostException();
        await ApiFileStore.Add(session, files);
        return status;
    }, isDurable: true, cancellation);

    /// <summary>Deletes batches that ended before a time.</summary>
    public Task<int> Sweep(DateTimeOffset before, CancellationToken cancellation) => database.Value.WriteBeside(
        session => session.Run("DELETE FROM api_batches WHERE ended_at < @before",
            ("before", before.ToUnixTimeMilliseconds())), isDurable: false, cancellation);

    long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    static string Written(BatchProgress progress) =>
        JsonSerializer.Serialize(progress, BatchJson.Default.BatchProgress);
}

/// <summary>Another process has the batch.</summary>
sealed class BatchLostException : Exception;
