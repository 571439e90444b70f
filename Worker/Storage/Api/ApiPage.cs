using OpenAIWorker.Storage.Databases;

namespace OpenAIWorker.Storage.Api;

/// <summary>A page of a list.</summary>
/// <param name="Tenant">The tenant; null: all.</param>
/// <param name="Limit">The size of the page.</param>
/// <param name="After">The id of the last entry on the previous page.</param>
/// <param name="IsOldestFirst">False: the newest comes first.</param>
sealed record ApiPage(string? Tenant, int Limit, string? After, bool IsOldestFirst = false)
{
    string Beyond => IsOldestFirst ? ">" : "<";

    /// <summary>The statement for the page, with one more entry than the limit.</summary>
    public Statement Of(string table, string columns, string? also = null,
        params IReadOnlyList<(string Name, object? Value)> parameters)
    {
        var conditions = new[]
        {
            Tenant is null ? null : "tenant = @tenant",
            After is null ? null : $"""
                (created_at, id) {Beyond} (SELECT created_at, id FROM {table} WHERE id = @after)
                """,
            also,
        }.OfType<string>().ToList();
        var order = IsOldestFirst ? "ASC" : "DESC";
        return new(
            $"SELECT {columns} FROM {table} "
                + (conditions.Count == 0 ? "" : $"WHERE {string.Join(" AND ", conditions)} ")
                + $"ORDER BY created_at {order}, id {order} LIMIT @limit",
            [
                .. parameters, ("limit", Limit + 1L),
                .. Tenant is null ? [] : new[] { ("tenant", (object?)Tenant) },
                .. After is null ? [] : new[] { ("after", (object?)After) },
            ]);
    }
}
