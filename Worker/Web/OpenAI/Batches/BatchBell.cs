namespace OpenAIWorker.Web.OpenAI.Batches;

/// <summary>Tells this process that a batch has arrived.</summary>
sealed class BatchBell
{
    TaskCompletionSource rung = New();

    /// <summary>Completes when it rings next.</summary>
    public Task Next => Volatile.Read(ref rung).Task;

    public void Ring() => Interlocked.Exchange(ref rung, New()).TrySetResult();

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
