using OpenAIWorker.Storage.Databases;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Storage.Api;

/// <summary>
/// Responses in the background that OpenAI's API accepted. Their endings are in the records of their jobs.
/// </summary>
sealed class ApiResponseStore(Lazy<Database> database, ContentCipher cipher, TimeProvider clock)
{
    const string Insert = """
        INSERT INTO api_responses (id, tenant, created_at, request_hash, content_key, content)
        VALUES (@id, @tenant, @created, @hash, @key, @content) ON CONFLICT (id, tenant) DO NOTHING
        """;

    /// <summary>Adds a response that does not exist yet.</summary>
    public Task<int> Add(ApiResponse response, CancellationToken cancellation)
    {
        var content = cipher.Seal(response.Job, response.Content);
        return database.Value.WriteBeside(session => session.Run(Insert, ("id", response.Job.Id),
            ("tenant", response.Job.Tenant), ("created", response.CreatedAt.ToUnixTimeMilliseconds()),
            ("hash", response.RequestHash), ("key", content.Key), ("content", content.Bytes)), isDurable: true,
            cancellation);
    }

    /// <param name="id">Its id.</param>
    /// <param name="tenant">Its tenant; null: any.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<ApiResponse?> Find(string id, string? tenant, CancellationToken cancellation)
    {
        var found = await database.Value.Read(session => session.Row(
            "SELECT id, tenant, created_at, cancelled_at, content_key, content, request_hash FROM api_responses "
                + "WHERE id = @id"
                + (tenant is null ? "" : " AND tenant = @tenant"),
            row => new Row(new(row.GetString(0), row.GetString(1)), JobRecord.Time(row, 2)!.Value,
                JobRecord.Time(row, 3),
                new(row.GetFieldValue<byte[]>(5), row.IsDBNull(4) ? null : row.GetString(4)), row.GetString(6)),
            tenant is null ? [("id", id)] : [("id", id), ("tenant", tenant)]), cancellation);
        return found is null
            ? null
            : new(found.Job, found.CreatedAt, found.RequestHash, cipher.Open(found.Job, found.Content))
            {
                CancelledAt = found.CancelledAt,
            };
    }

    public Task<int> Cancel(JobKey job, CancellationToken cancellation) => database.Value.WriteBeside(
        session => session.Run(
            "UPDATE api_responses SET cancelled_at = @now WHERE id = @id AND tenant = @tenant AND cancelled_at IS NULL",
            [.. Of(job), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds())]), isDurable: true, cancellation);

    public Task<int> Delete(JobKey job, CancellationToken cancellation) => database.Value.WriteBeside(
        session => session.Run("DELETE FROM api_responses WHERE id = @id AND tenant = @tenant", Of(job)),
        isDurable: true, cancellation);

    /// <summary>Deletes responses from before a time.</summary>
    public Task<int> Sweep(DateTimeOffset before, CancellationToken cancellation) => database.Value.WriteBeside(
        session => session.Run("DELETE FROM api_responses WHERE created_at < @before",
            ("before", before.ToUnixTimeMilliseconds())), isDurable: false, cancellation);

    static (string, object?)[] Of(JobKey job) => [("id", job.Id), ("tenant", job.Tenant)];

    sealed record Row(JobKey Job, DateTimeOffset CreatedAt, DateTimeOffset? CancelledAt, SealedContent Content,
        string RequestHash);
}

/// <summary>A response in the background.</summary>
/// <param name="Job">The job that produces it.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="RequestHash">The same for equal requests.</param>
/// <param name="Content">The response as it was first answered.</param>
sealed record ApiResponse(JobKey Job, DateTimeOffset CreatedAt, string RequestHash, byte[] Content)
{
    public DateTimeOffset? CancelledAt { get; init; }
}
