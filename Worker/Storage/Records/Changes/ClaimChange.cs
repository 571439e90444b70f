using OpenAIWorker.Storage.Databases;
using OpenAIWorker.Storage.Groups;

namespace OpenAIWorker.Storage.Records.Changes;

/// <summary>
/// Claims a job. One statement decides: this worker gets it unless it has ended, another live worker has it, or its id
/// belongs to another request. A replay starts a failed job again. If a request was refused as invalid, it was never
/// called, so the corrected request may use its id.
/// </summary>
sealed class ClaimChange(ClaimedJob job, string worker, SealedContent? request, ContentCipher cipher,
    DateTimeOffset now) : RecordChange(job.Key)
{
    static readonly Insert Claiming = new("job_records AS r",
    [
        ("job_id", ColumnKind.Text), ("tenant", ColumnKind.Text), ("operation", ColumnKind.Text),
        ("model", ColumnKind.Text), ("credential", ColumnKind.Text), ("request_hash", ColumnKind.Text),
        ("replay", ColumnKind.Text), ("state", ColumnKind.Text), ("owner", ColumnKind.Text),
        ("attempts", ColumnKind.Number), ("waits", ColumnKind.Number), ("received_at", ColumnKind.Number),
        ("changed_at", ColumnKind.Number), ("request_key", ColumnKind.Text), ("request", ColumnKind.Bytes),
        ("group_id", ColumnKind.Text),
    ],
    // A worker that is not in the register gets no jobs, because any worker could take them.
    "EXISTS (SELECT 1 FROM workers WHERE workers.id = given.owner)",
    """
    ON CONFLICT (job_id, tenant) DO UPDATE SET state = 'running', owner = excluded.owner,
        attempts = excluded.attempts, waits = excluded.waits, code = NULL, reason = NULL, wait_until = NULL,
        ended_at = NULL, changed_at = excluded.changed_at,
        replay = CASE WHEN excluded.replay = '' THEN r.replay ELSE excluded.replay END,
        request_hash = excluded.request_hash, operation = excluded.operation, model = excluded.model,
        credential = excluded.credential, group_id = excluded.group_id,
        request_key = CASE WHEN r.request_hash = excluded.request_hash THEN r.request_key
            ELSE excluded.request_key END,
        request = CASE WHEN r.request_hash = excluded.request_hash THEN r.request ELSE excluded.request END
    WHERE (r.request_hash = excluded.request_hash OR r.request_hash LIKE '~%') AND (
        r.ended_at IS NULL AND (r.owner IS NULL OR r.owner = excluded.owner)
        OR r.state = 'failed' AND excluded.replay <> '' AND excluded.replay <> r.replay)
        OR r.request_hash <> excluded.request_hash AND r.state = 'failed'
            AND r.code IN ('invalid_request', 'unreadable')
    RETURNING job_id, tenant, group_id, endings, step, progress_key, progress
    """);

    readonly TaskCompletionSource<ClaimAnswer> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<ClaimAnswer> Answer => answer.Task;

    // If the database's machine loses power, the claim is repeated.
    public override bool IsDurable => false;

    public override (Insert Insert, object?[] Values)? Row { get; } = (Claiming,
    [
        job.Key.Id, job.Key.Tenant, job.Operation, job.Model, job.Credential, job.RequestHash, job.Replay,
        JobStates.Running, worker, (long)job.Attempts, (long)job.Waits, job.ReceivedAt.ToUnixTimeMilliseconds(),
        now.ToUnixTimeMilliseconds(), request?.Key, request?.Bytes, job.Group?.Key.Id,
    ]);

    /// <summary>The job's group.</summary>
    public NamedGroup? Group => job.Group;

    public override bool MayCount => job.Group is not null;

    // An ended job, which was counted, has started again.
    public override GroupCount? CountFor(RecordMade made) => made.Endings > 0 && job.Group is { } group
        ? new(group.Key) { IsAnew = true, Size = group.Size }
        : null;

    public override Statement Look => Found;

    public override void Done(RecordMade? made, RecordSeen? seen)
    {
        try
        {
            answer.TrySetResult(made is null ? Refusal(seen!) : Taken(made));
        }
        catch (Exception closed)
        {
            answer.TrySetException(closed);
        }
    }

    /// <summary>The job is not claimed, because its group has another size.</summary>
    public void Refuse(int size) => answer.TrySetResult(new ClaimAnswer.OtherSize(size));

    public override void Fail(Exception broken) => answer.TrySetException(broken);

    ClaimAnswer.Mine Taken(RecordMade made) => made.Step > job.Step && made.Progress is { } progress
        ? new(cipher.Open(Key, progress))
        : ClaimAnswer.Mine.AsDelivered;

    ClaimAnswer Refusal(RecordSeen seen)
    {
        if (seen.RequestHash != job.RequestHash)
            return new ClaimAnswer.OtherRequest(seen.Operation);
        return seen is { HasEnded: true, Ending: { } ending }
            ? new ClaimAnswer.Ended(seen.State, seen.Operation, cipher.Open(Key, ending))
            : new ClaimAnswer.Elsewhere(seen.ChangedAt);
    }
}
