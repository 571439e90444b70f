namespace OpenAIWorker.Web.OpenAI.Batches;

/// <summary>Says within this process that a batch has come.</summary>
sealed class BatchBell
{
    TaskCompletionSource rung = New();

    /// <summary>Completes when it rings the next time.</summary>
    public Task Next => Volatile.Read(ref rung).Task;

    public void Ring() => Interlocked.Exchange(ref rung, New()).TrySetResult();

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
