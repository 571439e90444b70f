using System.Data.Common;
using System.Text.Json;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Storage.Api;

/// <summary>A batch of OpenAI's API.</summary>
/// <param name="Id">Such as <c>batch_…</c>.</param>
/// <param name="Tenant">Its tenant; empty if it has none.</param>
/// <param name="InputFile">The file with its lines.</param>
/// <param name="Status">One of <see cref="BatchStatuses"/>.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="ExpiresAt">When its window ends.</param>
/// <param name="Progress">All other values.</param>
sealed record ApiBatch(string Id, string Tenant, string InputFile, string Status, DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt, BatchProgress Progress)
{
    public const string Columns =
        "id, tenant, input_file, status, created_at, expires_at, progress, cancelling_at, ended_at";

    public DateTimeOffset? CancellingAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public bool IsCancelling => Status == BatchStatuses.Cancelling;

    public static ApiBatch Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), JobRecord.Time(row, 4)!.Value,
        JobRecord.Time(row, 5)!.Value,
        JsonSerializer.Deserialize(row.GetString(6), BatchJson.Default.BatchProgress)!)
    {
        CancellingAt = JobRecord.Time(row, 7),
        EndedAt = JobRecord.Time(row, 8),
    };
}
