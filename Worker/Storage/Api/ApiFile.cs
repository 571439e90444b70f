using System.Data.Common;

namespace OpenAIWorker.Storage.Api;

/// <summary>A file as OpenAI's API has it. Its bytes are in the store of payloads.</summary>
/// <param name="Id">Such as <c>file-…</c>.</param>
/// <param name="Tenant">Whose it is; empty where there is none.</param>
/// <param name="Purpose">Such as <c>batch</c>.</param>
/// <param name="Name">As its sender calls it.</param>
/// <param name="Bytes">How many it has.</param>
/// <param name="CreatedAt">When it was kept.</param>
/// <param name="ExpiresAt">When it is forgotten.</param>
sealed record ApiFile(string Id, string Tenant, string Purpose, string Name, long Bytes, DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt)
{
    public const string Columns = "id, tenant, purpose, name, bytes, created_at, expires_at";

    public static ApiFile Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)));
}
