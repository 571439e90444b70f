using OpenAIWorker.Storage.Databases;

namespace OpenAIWorker.Storage.Api;

/// <summary>The files of OpenAI's API, without their bytes. Expired ones are not returned.</summary>
sealed class ApiFileStore(Lazy<Database> database, TimeProvider clock)
{
    const string Insert = $"""
        INSERT INTO api_files ({ApiFile.Columns})
        VALUES (@id, @tenant, @purpose, @name, @bytes, @created, @expires) ON CONFLICT (id) DO NOTHING
        """;

    /// <summary>Adds files that do not exist yet.</summary>
    public Task<int> Add(IReadOnlyList<ApiFile> files, CancellationToken cancellation) =>
        database.Value.WriteBeside(session => Add(session, files), isDurable: true, cancellation);

    public static async Task<int> Add(Session session, IReadOnlyList<ApiFile> files)
    {
        foreach (var file in files)
            await session.Run(Insert, ("id", file.Id), ("tenant", file.Tenant), ("purpose", file.Purpose),
                ("name", file.Name), ("bytes", file.Bytes), ("created", file.CreatedAt.ToUnixTimeMilliseconds()),
                ("expires", file.ExpiresAt.ToUnixTimeMilliseconds()));
        return files.Count;
    }

    /// <param name="id">Its id.</param>
    /// <param name="tenant">Its tenant; null: any.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<ApiFile?> Find(string id, string? tenant, CancellationToken cancellation) =>
        database.Value.Read(session => session.Row(
            $"SELECT {ApiFile.Columns} FROM api_files WHERE id = @id AND expires_at > @now"
                + (tenant is null ? "" : " AND tenant = @tenant"), ApiFile.Read, [.. Of(id, tenant), ("now", Now)]),
            cancellation);

    /// <summary>A page, and one more if there is one.</summary>
    public Task<List<ApiFile>> List(ApiPage page, string? purpose, CancellationToken cancellation)
    {
        var found = page.Of("api_files", ApiFile.Columns,
            $"expires_at > @now{(purpose is null ? "" : " AND purpose = @purpose")}",
            [("now", Now), .. purpose is null ? [] : new[] { ("purpose", (object?)purpose) }]);
        return database.Value.Read(session => session.Rows(found.Sql, ApiFile.Read, found.Parameters), cancellation);
    }

    /// <summary>Deletes a file. Returns the batch that has not ended and needs it, if there is one.</summary>
    public Task<string> Delete(string id, CancellationToken cancellation) =>
        database.Value.WriteBeside(async session =>
        {
            var needs = await session.Row(
                "SELECT id FROM api_batches WHERE input_file = @id AND ended_at IS NULL LIMIT 1",
                row => row.GetString(0), ("id", id));
            if (needs is null)
                await session.Run("DELETE FROM api_files WHERE id = @id", ("id", id));
            return needs ?? "";
        }, isDurable: true, cancellation);

    /// <summary>Deletes expired files.</summary>
    public Task<int> Sweep(CancellationToken cancellation) => database.Value.WriteBeside(
        session => session.Run("DELETE FROM api_files WHERE expires_at <= @now", ("now", Now)), isDurable: false,
        cancellation);

    long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    static (string, object?)[] Of(string id, string? tenant) =>
        tenant is null ? [("id", id)] : [("id", id), ("tenant", tenant)];
}
