using OpenAIWorker.Storage.Records.Changes;

namespace OpenAIWorker.Storage.Records;

/// <summary>A worker's records of its jobs.</summary>
sealed class RecordBook(RecordWriter writer, WorkerRegister register, ContentCipher cipher, TimeProvider clock)
{
    /// <summary>Claims a job.</summary>
    public Task<ClaimAnswer> Claim(ClaimedJob job)
    {
        var change = new ClaimChange(job, register.Id,
            job.Request is { } request ? cipher.Seal(job.Key, request) : null, cipher, clock.GetUtcNow());
        writer.Write(change);
        return change.Answer;
    }

    /// <summary>
    /// Commits a job's ending. Returns an earlier ending, which counts instead; null if this one counts.
    /// </summary>
    public Task<ClaimAnswer.Ended?> End(JobKey key, ClaimedJob? job, string operation, JobEndingRecord ending)
    {
        var change = new EndChange(key, job, operation, ending, cipher.Seal(key, ending.Body), cipher,
            clock.GetUtcNow());
        writer.Write(change);
        return change.Answer;
    }

    /// <summary>Commits the progress of a job that has more steps before it.</summary>
    /// <param name="key">The key of its record.</param>
    /// <param name="step">The number of steps behind it.</param>
    /// <param name="progress">What the next step needs.</param>
    public Task Advance(JobKey key, int step, byte[] progress)
    {
        var change = new ProgressChange(key, step, cipher.Seal(key, progress), clock.GetUtcNow());
        writer.Write(change);
        return change.Answer;
    }

    /// <summary>Releases a job to the broker. The change is queued when this returns, and may be lost.</summary>
    public void LetGo(JobKey key, params IReadOnlyList<JobStep> steps) =>
        writer.Write(new StepChange(key, register.Id, steps, clock.GetUtcNow()));
}
