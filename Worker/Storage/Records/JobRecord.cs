using System.Data.Common;

namespace OpenAIWorker.Storage.Records;

/// <summary>A record, as it is read.</summary>
sealed record JobRecord(JobKey Key, string Operation, string State)
{
    public const string Columns = """
        job_id, tenant, operation, state, model, credential, code, reason, wait_until, attempts, waits, input_tokens, output_tokens, cost, currency,
        received_at, changed_at, ended_at, group_id
        """;

    public const int ColumnCount = 19;

    public string? Model { get; init; }

    public string Credential { get; init; } = "";

    public string? Code { get; init; }

    public string? Reason { get; init; }

    public DateTimeOffset? WaitUntil { get; init; }

    public long Attempts { get; init; }

    public long Waits { get; init; }

    public long? InputTokens { get; init; }

    public long? OutputTokens { get; init; }

    public double? Cost { get; init; }

    public string? Currency { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }

    public DateTimeOffset ChangedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The id of its group.</summary>
    public string? Group { get; init; }

    public static JobRecord Read(DbDataReader row) =>
        new(new(row.GetString(0), row.GetString(1)), row.GetString(2), row.GetString(3))
        {
            Model = Text(row, 4),
            Credential = row.GetString(5),
            Code = Text(row, 6),
            Reason = Text(row, 7),
            WaitUntil = Time(row, 8),
            Attempts = row.GetInt64(9),
            Waits = row.GetInt64(10),
            InputTokens = Number(row, 11),
            OutputTokens = Number(row, 12),
            Cost = row.IsDBNull(13) ? null : row.GetDouble(13),
            Currency = Text(row, 14),
            ReceivedAt = Time(row, 15)!.Value,
            ChangedAt = Time(row, 16)!.Value,
            EndedAt = Time(row, 17),
            Group = Text(row, 18),
        };

    static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    static long? Number(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    public static DateTimeOffset? Time(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}

/// <summary>An event in a job's life.</summary>
/// <param name="At">When.</param>
/// <param name="Kind"><see cref="JobStep.Wait"/> or <see cref="JobStep.Attempt"/>.</param>
/// <param name="Code">A failure code or a wait code.</param>
/// <param name="Reason">The reason, in a form for logs.</param>
/// <param name="Until">Until when it waits.</param>
sealed record PastStep(DateTimeOffset At, string Kind, string Code, string? Reason, DateTimeOffset? Until);

/// <summary>A complete record.</summary>
/// <param name="Record">The record.</param>
/// <param name="Steps">The events on the way.</param>
/// <param name="Request">The unchanged request; null if it is not kept.</param>
/// <param name="Ending">The ending's event; null if it has not ended.</param>
sealed record WholeRecord(
    JobRecord Record, IReadOnlyList<PastStep> Steps, SealedContent? Request, SealedContent? Ending);

/// <summary>Sums of jobs of one kind.</summary>
sealed record JobSum(string Name, long Jobs, long Completed, long Failed, long InputTokens, long OutputTokens,
    double? Cost, string? Currency);
