using OpenAIWorker.Storage.Counts;
using OpenAIWorker.Storage.Databases;
using OpenAIWorker.Storage.Groups;

namespace OpenAIWorker.Storage.Records.Changes;

/// <summary>A job ends. If it has ended already, the existing ending stays.</summary>
/// <param name="key">The key of its record.</param>
/// <param name="job">The data for a new record, if there is none. Null: then nothing is written.</param>
/// <param name="operation">Its operation.</param>
/// <param name="ending">How it ended.</param>
/// <param name="content">The ending in the database's form.</param>
/// <param name="cipher">Opens an existing ending.</param>
/// <param name="now">When.</param>
sealed class EndChange(JobKey key, ClaimedJob? job, string operation, JobEndingRecord ending, SealedContent content,
    ContentCipher cipher, DateTimeOffset now) : RecordChange(key)
{
    const string Made = """
        RETURNING job_id, tenant, group_id, endings, model, credential, operation, state, input_tokens, output_tokens,
            cost, currency, ended_at
        """;

    const string Update = $"""
        UPDATE job_records AS r SET state = @state, code = @code, reason = @reason, wait_until = NULL, owner = NULL,
            attempts = @attempts, waits = @waits, input_tokens = @input, output_tokens = @output, cost = @cost,
            currency = @currency, changed_at = @now, ended_at = @now, ending_key = @key, ending = @ending,
            endings = r.endings + 1, step = 0, progress_key = NULL, progress = NULL
        WHERE job_id = @job AND tenant = @tenant AND operation = @operation AND ended_at IS NULL {Made}
        """;

    static readonly Insert Ending = new("job_records AS r",
    [
        ("job_id", ColumnKind.Text), ("tenant", ColumnKind.Text), ("operation", ColumnKind.Text),
        ("model", ColumnKind.Text), ("credential", ColumnKind.Text), ("request_hash", ColumnKind.Text),
        ("replay", ColumnKind.Text), ("state", ColumnKind.Text), ("code", ColumnKind.Text),
        ("reason", ColumnKind.Text), ("attempts", ColumnKind.Number), ("waits", ColumnKind.Number),
        ("input_tokens", ColumnKind.Number), ("output_tokens", ColumnKind.Number), ("cost", ColumnKind.Real),
        ("currency", ColumnKind.Text), ("received_at", ColumnKind.Number), ("changed_at", ColumnKind.Number),
        ("ended_at", ColumnKind.Number), ("ending_key", ColumnKind.Text), ("ending", ColumnKind.Bytes),
        ("group_id", ColumnKind.Text), ("endings", ColumnKind.Number),
    ],
    "TRUE",
    $"""
    ON CONFLICT (job_id, tenant) DO UPDATE SET state = excluded.state, code = excluded.code,
        reason = excluded.reason, wait_until = NULL, owner = NULL, attempts = excluded.attempts,
        waits = excluded.waits, input_tokens = excluded.input_tokens, output_tokens = excluded.output_tokens,
        cost = excluded.cost, currency = excluded.currency, changed_at = excluded.changed_at,
        ended_at = excluded.ended_at, ending_key = excluded.ending_key, ending = excluded.ending,
        endings = r.endings + 1, step = 0, progress_key = NULL, progress = NULL,
        request_hash = excluded.request_hash, group_id = excluded.group_id
    WHERE r.ended_at IS NULL AND (r.request_hash = excluded.request_hash OR r.request_hash LIKE '~%')
    {Made}
    """)
    { Beside = EndedSum.AddWritten };

    readonly TaskCompletionSource<ClaimAnswer.Ended?> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The earlier ending; null if this one counts.</summary>
    public Task<ClaimAnswer.Ended?> Answer => answer.Task;

    public override bool IsDurable => true;

    public override (Insert Insert, object?[] Values)? Row { get; } = job is null ? null : (Ending,
    [
        key.Id, key.Tenant, operation, job.Model, job.Credential, job.RequestHash, job.Replay, ending.State,
        ending.Code, ending.Reason, (long)ending.Attempts, (long)ending.Waits, ending.InputTokens,
        ending.OutputTokens, (double?)ending.Cost, ending.Currency, job.ReceivedAt.ToUnixTimeMilliseconds(),
        now.ToUnixTimeMilliseconds(), now.ToUnixTimeMilliseconds(), content.Key, content.Bytes, job.Group?.Key.Id,
        1L,
    ]);

    public override IReadOnlyList<Statement> Statements => job is not null ? [] :
    [
        new(Update, ("job", Key.Id), ("tenant", Key.Tenant), ("operation", operation), ("state", ending.State),
            ("code", ending.Code), ("reason", ending.Reason), ("attempts", (long)ending.Attempts),
            ("waits", (long)ending.Waits), ("input", ending.InputTokens), ("output", ending.OutputTokens),
            ("cost", (double?)ending.Cost), ("currency", ending.Currency), ("now", now.ToUnixTimeMilliseconds()),
            ("key", content.Key), ("ending", content.Bytes)),
    ];

    public override bool MayCount => job?.Group is not null || job is null;

    public override bool IsSummed => true;

    public override GroupCount? CountFor(RecordMade made) => made.Group is not { } group ? null
        : new(new(group, Key.Tenant))
        {
            Completed = ending.State == JobStates.Completed ? 1 : 0,
            Failed = ending.State == JobStates.Completed ? 0 : 1,
            Size = job?.Group?.Size,
        };

    public override EndedSum SumFor(RecordMade made) => new(new(EndedSum.HourOf(now), Key.Tenant, made.Credential,
        operation, made.Model ?? ""))
    {
        Jobs = 1,
        Failed = ending.State == JobStates.Failed ? 1 : 0,
        InputTokens = ending.InputTokens ?? 0,
        OutputTokens = ending.OutputTokens ?? 0,
        Cost = ending.Cost ?? 0,
        Currency = ending.Currency,
    };

    public override Statement Look => Found;

    public override void Done(RecordMade? made, RecordSeen? seen)
    {
        try
        {
            // The ending of another request is not this job's.
            answer.TrySetResult(made is null && seen is { HasEnded: true, Ending: { } there }
                && (job is null || job.RequestHash == seen.RequestHash)
                ? new(seen.State, seen.Operation, cipher.Open(Key, there))
                : null);
        }
        catch (Exception closed)
        {
            answer.TrySetException(closed);
        }
    }

    public override void Fail(Exception broken) => answer.TrySetException(broken);
}
