using System.Data.Common;
using System.Text.Json;
using OpenAIWorker.Storage.Databases;

namespace OpenAIWorker.Storage.Assistants;

/// <summary>Assistants, each visible only to its credential.</summary>
sealed class AssistantStore(Database database, TimeProvider clock)
{
    public const string Columns = "id, credential, job_id, name, definition, version";

    /// <summary>Adds it, unless its job did so before. Null: its name had to be free, and is taken.</summary>
    public Task<StoredAssistant?> Add(StoredAssistant assistant, bool nameIsFree, CancellationToken cancellation) =>
        database.Write(async session =>
    {
        if (await OfJob(session, assistant.Credential, assistant.JobId) is { } earlier)
            return earlier;
        if (nameIsFree && (await Named(session, assistant.Credential, assistant.Name!)).Count > 0)
            return null;
        await session.Run(
            $"INSERT INTO assistants (number, {Columns}) SELECT COALESCE(MAX(number), 0) + 1, @id, @credential, "
                + "@job, @name, @definition, @version FROM assistants",
            ("id", assistant.Id), ("credential", assistant.Credential), ("job", assistant.JobId),
            ("name", assistant.Name),
            ("definition", assistant.Definition.GetRawText()), ("version", assistant.Version));
        return assistant;
    }, cancellation);

    /// <summary>The assistant that a job added, even if it is deleted by now.</summary>
    public Task<StoredAssistant?> OfJob(string credential, string job, CancellationToken cancellation) =>
        database.Read(session => OfJob(session, credential, job), cancellation);

    public Task<StoredAssistant?> Find(string credential, string id, CancellationToken cancellation) => database.Read(
        session =>
            session.Row(
                $"SELECT {Columns} FROM assistants WHERE id = @id AND credential = @credential AND deleted_at IS NULL",
                Read, ("id", id), ("credential", credential)),
        cancellation);

    /// <summary>All with a name, the oldest first.</summary>
    public Task<List<StoredAssistant>> Named(string credential, string name, CancellationToken cancellation) =>
        database.Read(session => Named(session, credential, name), cancellation);

    /// <summary>A page.</summary>
    /// <param name="credential">The credential.</param>
    /// <param name="isOldestFirst">False: the newest comes first.</param>
    /// <param name="limit">The size of the page.</param>
    /// <param name="after">The last one on the previous page. A deleted one still marks where its page ended.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public Task<List<StoredAssistant>> List(string credential, bool isOldestFirst, int limit, string? after,
        CancellationToken cancellation)
    {
        var (beyond, order) = isOldestFirst ? (">", "ASC") : ("<", "DESC");
        var page = after is null
            ? ""
            : $"AND number {beyond} (SELECT number FROM assistants WHERE id = @after AND credential = @credential)";
        return database.Read(session => session.Rows(
            $"SELECT {Columns} FROM assistants WHERE credential = @credential AND deleted_at IS NULL {page} ORDER BY "
                + $"number {order} LIMIT @limit",
            Read, [("credential", credential), ("limit", limit),
                .. after is null ? [] : new[] { ("after", (object?)after) }]), cancellation);
    }

    /// <summary>False: it was changed or deleted since it was read.</summary>
    public Task<bool> Replace(StoredAssistant read, string? name, JsonElement definition,
        CancellationToken cancellation) => database.Write(async session =>
        await session.Run(
            "UPDATE assistants SET name = @name, definition = @definition, version = version + 1 WHERE id = @id AND "
                + "version = @version AND deleted_at IS NULL",
            ("id", read.Id), ("version", read.Version), ("name", name), ("definition", definition.GetRawText())) == 1,
                cancellation);

    public Task<int> Delete(string credential, string id, CancellationToken cancellation) =>
        database.Write(session => session.Run(
        "UPDATE assistants SET deleted_at = @now WHERE id = @id AND credential = @credential AND deleted_at IS NULL",
        ("id", id), ("credential", credential), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds())), cancellation);

    static Task<StoredAssistant?> OfJob(Session session, string credential, string job) => session.Row(
        $"SELECT {Columns} FROM assistants WHERE credential = @credential AND job_id = @job", Read,
        ("credential", credential), ("job", job));

    static Task<List<StoredAssistant>> Named(Session session, string credential, string name) => session.Rows(
        $"SELECT {Columns} FROM assistants WHERE credential = @credential AND name = @name AND deleted_at IS NULL "
            + "ORDER BY number", Read,
        ("credential", credential), ("name", name));

    public static StoredAssistant Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3),
        JsonElement.Parse(row.GetString(4)), row.GetInt64(5));
}
