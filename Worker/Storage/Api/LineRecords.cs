using System.Globalization;
using OpenAIWorker.Storage.Databases;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Storage.Api;

/// <summary>Reads the records of many jobs, without their contents.</summary>
sealed class LineRecords(Lazy<Database> database)
{
    /// <summary>The most ids of one query, because each is a parameter of the statement.</summary>
    public const int AtOnce = 500;

    /// <summary>The states of those jobs that a worker has seen.</summary>
    public Task<List<(string Id, string State)>> Of(IReadOnlyList<string> ids, string tenant,
        CancellationToken cancellation) => database.Value.Read(session => session.Rows(
            "SELECT job_id, state FROM job_records WHERE tenant = @tenant AND job_id IN "
                + $"({string.Join(", ", ids.Select((_, index) => Name(index)))})",
            row => (row.GetString(0), row.GetString(1)),
            [("tenant", tenant), .. ids.Select((id, index) => (Name(index)[1..], (object?)id))]), cancellation);

    /// <summary>The models of jobs, and when each was first requested.</summary>
    public Task<List<(string Name, DateTimeOffset Since)>> Models(string? tenant, CancellationToken cancellation) =>
        database.Value.Read(session => session.Rows(
            $"""
            SELECT model, MIN(received_at) FROM job_records
            WHERE model IS NOT NULL AND state = 'completed' {(tenant is null ? "" : "AND tenant = @tenant")} GROUP BY model
            """,
            row => (row.GetString(0), JobRecord.Time(row, 1)!.Value),
            tenant is null ? [] : [("tenant", tenant)]), cancellation);

    static string Name(int index) => string.Create(CultureInfo.InvariantCulture, $"@j{index}");
}
