using OpenAIWorker.Storage.Counts;
using OpenAIWorker.Storage.Databases;
using OpenAIWorker.Storage.Groups;

namespace OpenAIWorker.Storage.Records;

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
    const string Set = """
        state = @state, code = @code, reason = @reason, wait_until = NULL, owner = NULL, attempts = @attempts, waits = @waits, input_tokens = @input,
        output_tokens = @output, cost = @cost, currency = @currency, changed_at = @now, ended_at = @now, ending_key = @key, ending = @ending,
        endings = r.endings + 1
        """;

    const string Made = "RETURNING job_id, group_id, endings, model, credential";

    const string Update =
        $"UPDATE job_records AS r SET {Set} WHERE job_id = @job AND tenant = @tenant AND operation = @operation AND "
            + $"ended_at IS NULL {Made}";

    const string Upsert = $"""
        INSERT INTO job_records AS r (job_id, tenant, operation, model, credential, request_hash, replay, state, code, reason, attempts, waits, input_tokens, output_tokens, cost,
            currency, received_at, changed_at, ended_at, ending_key, ending, group_id, endings)
        VALUES (@job, @tenant, @operation, @model, @credential, @hash, @replay, @state, @code, @reason, @attempts, @waits, @input, @output, @cost,
            @currency, @received, @now, @now, @key, @ending, @group, 1)
        ON CONFLICT (job_id, tenant) DO UPDATE SET {Set}, request_hash = excluded.request_hash, group_id = excluded.group_id
        WHERE r.ended_at IS NULL AND (r.request_hash = excluded.request_hash OR r.request_hash LIKE '~%')
        {Made}
        """;

    readonly TaskCompletionSource<ClaimAnswer.Ended?> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The earlier ending; null if this one counts.</summary>
    public Task<ClaimAnswer.Ended?> Answer => answer.Task;

    public override bool IsDurable => true;

    public override IReadOnlyList<Statement> Statements => job is null ? [new(Update, Common)] :
    [
        new(Upsert, [.. Common, ("model", job.Model), ("credential", job.Credential), ("hash", job.RequestHash),
            ("replay", job.Replay), ("received", job.ReceivedAt.ToUnixTimeMilliseconds()),
            ("group", job.Group?.Key.Id)]),
    ];

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

    public override void Done(bool isMade, RecordSeen? seen)
    {
        try
        {
            // The ending of another request is not this job's.
            answer.TrySetResult(!isMade && seen is { HasEnded: true, Ending: { } there }
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

    (string Name, object? Value)[] Common =>
    [
        ("job", Key.Id), ("tenant", Key.Tenant), ("operation", operation), ("state", ending.State),
        ("code", ending.Code), ("reason", ending.Reason),
        ("attempts", (long)ending.Attempts), ("waits", (long)ending.Waits), ("input", ending.InputTokens),
        ("output", ending.OutputTokens),
        ("cost", (double?)ending.Cost), ("currency", ending.Currency), ("now", now.ToUnixTimeMilliseconds()),
        ("key", content.Key), ("ending", content.Bytes),
    ];
}
