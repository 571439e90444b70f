using OpenAIWorker.Storage.Databases;

namespace OpenAIWorker.Storage.Records.Changes;

/// <summary>A step of a job is paid for. Whichever copy of its message comes next continues after it.</summary>
/// <param name="key">The key of its record.</param>
/// <param name="step">The number of steps behind it.</param>
/// <param name="progress">The progress in the database's form.</param>
/// <param name="now">When.</param>
sealed class ProgressChange(JobKey key, int step, SealedContent progress, DateTimeOffset now) : RecordChange(key)
{
    const string Update = """
        UPDATE job_records SET step = @step, progress_key = @key, progress = @progress, changed_at = @now
        WHERE job_id = @job AND tenant = @tenant AND ended_at IS NULL AND step < @step RETURNING job_id, tenant
        """;

    readonly TaskCompletionSource answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when it is committed.</summary>
    public Task Answer => answer.Task;

    public override bool IsDurable => true;

    public override IReadOnlyList<Statement> Statements =>
    [
        new(Update, ("job", Key.Id), ("tenant", Key.Tenant), ("step", (long)step), ("key", progress.Key),
            ("progress", progress.Bytes), ("now", now.ToUnixTimeMilliseconds())),
    ];

    public override void Done(RecordMade? made, RecordSeen? seen) => answer.TrySetResult();

    public override void Fail(Exception broken) => answer.TrySetException(broken);
}
