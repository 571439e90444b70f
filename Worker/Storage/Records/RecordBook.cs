namespace OpenAIWorker.Storage.Records;

/// <summary>What a worker writes down of its jobs.</summary>
sealed class RecordBook(RecordWriter writer, WorkerRegister register, ContentCipher cipher, TimeProvider clock)
{
    /// <summary>Takes a job up.</summary>
    public Task<ClaimAnswer> Claim(ClaimedJob job)
    {
        var change = new ClaimChange(job, register.Id,
            job.Request is { } request ? cipher.Seal(job.Key, request) : null, cipher, clock.GetUtcNow());
        writer.Write(change);
        return change.Answer;
    }

    /// <summary>
    /// Commits a job's ending. What is returned was there before, and is the job's; null where this one is.
    /// </summary>
    public Task<ClaimAnswer.Ended?> End(JobKey key, ClaimedJob? job, string operation, JobEndingRecord ending)
    {
        var change = new EndChange(key, job, operation, ending, cipher.Seal(key, ending.Body), cipher,
            clock.GetUtcNow());
        writer.Write(change);
        return change.Answer;
    }

    /// <summary>
    /// The job goes back to the broker. It is on its way to the database when this returns, and may be lost.
    /// </summary>
    public void LetGo(JobKey key, params IReadOnlyList<JobStep> steps) =>
        writer.Write(new StepChange(key, register.Id, steps, clock.GetUtcNow()));
}
