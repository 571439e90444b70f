using OpenAIWorker.Storage.Databases;

namespace OpenAIWorker.Storage.Records.Entries;

/// <summary>Records accepted jobs, so that they can be queried before a worker has seen them.</summary>
sealed class AcceptedJobs(Database database, TimeProvider clock)
{
    // If a request was refused as invalid, it was never called, so the corrected request may use its id.
    const string Insert = """
        INSERT INTO job_records AS r (job_id, tenant, operation, model, credential, request_hash, replay, state,
            attempts, waits, received_at, changed_at, group_id)
        VALUES (@job, @tenant, @operation, @model, @credential, @hash, '', 'waiting', 0, 0, @now, @now, @group)
        ON CONFLICT (job_id, tenant) DO UPDATE SET operation = excluded.operation, model = excluded.model,
            credential = excluded.credential,
            request_hash = excluded.request_hash, state = 'waiting', code = NULL, reason = NULL, ended_at = NULL,
            changed_at = excluded.changed_at,
            request_key = NULL, request = NULL, group_id = excluded.group_id
        WHERE r.state = 'failed' AND r.code IN ('invalid_request', 'unreadable')
            AND excluded.request_hash NOT IN (r.request_hash, '~' || r.request_hash)
        RETURNING job_id
        """;

    const string Look =
        "SELECT operation, credential, request_hash, state FROM job_records WHERE job_id = @job AND tenant = @tenant";

    const string Delete = """
        DELETE FROM job_records
        WHERE job_id = @job AND tenant = @tenant AND state = 'waiting' AND owner IS NULL AND attempts = 0
            AND waits = 0 AND request_hash LIKE '~%'
        """;

    /// <summary>
    /// Records jobs. Returns the existing request for each that was recorded before, which stays; null for a new one.
    /// </summary>
    public Task<KnownRequest?[]> Add(IReadOnlyList<AcceptedJob> jobs, CancellationToken cancellation) =>
        database.WriteBeside(async session =>
    {
        // The same order for all, to avoid deadlocks on rows.
        var ordered = jobs.Index().OrderBy(job => job.Item.Key).ToList();
        var made = await session.Each([.. ordered.Select(job => Added(job.Item))], _ => Made);
        var known = new KnownRequest?[jobs.Count];
        foreach (var (place, isMade) in ordered.Select((job, i) => (job.Index, made[i].Count > 0)))
            known[place] = isMade ? null : await session.Row(Look,
                row => new KnownRequest(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3)),
                Of(jobs[place].Key));
        return known;
    }, isDurable: false, cancellation);

    /// <summary>A job was not sent after all.</summary>
    public Task Remove(JobKey job) => database.WriteBeside(session => session.Run(Delete, Of(job)), isDurable: false,
        CancellationToken.None);

    static readonly object Made = new();

    Statement Added(AcceptedJob job) => new(Insert,
        [
            .. Of(job.Key), ("operation", job.Operation), ("model", job.Model), ("credential", job.Credential),
            ("hash", $"{AcceptedJob.Mark}{job.RequestHash}"), ("group", job.Group),
            ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()),
        ]);

    static (string Name, object? Value)[] Of(JobKey job) => [("job", job.Id), ("tenant", job.Tenant)];
}
