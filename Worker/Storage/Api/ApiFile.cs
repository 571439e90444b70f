using System.Data.Common;

namespace OpenAIWorker.Storage.Api;

/// <summary>A file of OpenAI's API. Its bytes are in the payload store.</summary>
/// <param name="Id">Such as <c>file-…</c>.</param>
/// <param name="Tenant">Its tenant; empty if it has none.</param>
/// <param name="Purpose">Such as <c>batch</c>.</param>
/// <param name="Name">The sender's name for it.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="CreatedAt">When it was stored.</param>
/// <param name="ExpiresAt">When it is deleted.</param>
sealed record ApiFile(string Id, string Tenant, string Purpose, string Name, long Bytes, DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt)
{
    public const string Columns = "id, tenant, purpose, name, bytes, created_at, expires_at";

    public static ApiFile Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)));
}
