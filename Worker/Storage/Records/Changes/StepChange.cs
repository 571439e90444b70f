using OpenAIWorker.Storage.Databases;

namespace OpenAIWorker.Storage.Records.Changes;

/// <summary>
/// A job waits, or returns to the broker: it belongs to no worker until it is claimed again. Its result is not
/// awaited, and it may be lost.
/// </summary>
/// <param name="key">The key of its record.</param>
/// <param name="worker">This worker. A job that another worker has claimed meanwhile is not changed.</param>
/// <param name="steps">The events to record.</param>
/// <param name="now">When.</param>
sealed class StepChange(JobKey key, string worker, IReadOnlyList<JobStep> steps, DateTimeOffset now) : RecordChange(key)
{
    const string Waits = """
        UPDATE job_records SET state = 'waiting', owner = NULL, code = @code, reason = @reason, wait_until = @until, attempts = @attempts, waits = @waits, changed_at = @now
        WHERE job_id = @job AND tenant = @tenant AND owner = @worker AND ended_at IS NULL RETURNING job_id, tenant
        """;

    const string IsFree = """
        UPDATE job_records SET state = 'waiting', owner = NULL, changed_at = @now
        WHERE job_id = @job AND tenant = @tenant AND owner = @worker AND ended_at IS NULL RETURNING job_id, tenant
        """;

    const string Note = """
        INSERT INTO job_steps (job_id, tenant, kind, code, reason, at, wait_until) VALUES (@job, @tenant, @kind, @code, @reason, @now, @until) RETURNING job_id, tenant
        """;

    public override bool IsDurable => false;

    public override IReadOnlyList<Statement> Statements =>
        [Release, .. steps.Select(step => new Statement(Note, [.. Common, .. Of(step), ("kind", step.Kind)]))];

    public override void Done(RecordMade? made, RecordSeen? seen)
    {
        // Its result is not awaited.
    }

    public override void Fail(Exception broken)
    {
        // The store's gate has logged that the database is unavailable.
    }

    Statement Release => steps.LastOrDefault(step => step.Kind == JobStep.Wait) is { } wait
        ? new(Waits, [.. Common, .. Of(wait), ("worker", worker), ("attempts", (long)wait.Attempts),
            ("waits", (long)wait.Waits)])
        : new(IsFree, [.. Common, ("worker", worker)]);

    (string Name, object? Value)[] Common =>
        [("job", Key.Id), ("tenant", Key.Tenant), ("now", now.ToUnixTimeMilliseconds())];

    static (string Name, object? Value)[] Of(JobStep step) =>
        [("code", step.Code), ("reason", step.Reason), ("until", step.Until?.ToUnixTimeMilliseconds())];
}
