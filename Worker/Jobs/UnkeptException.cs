namespace OpenAIWorker.Jobs;

/// <summary>
/// A call was answered, but its outcome could not be stored, because the store is unavailable. The answer is in memory.
/// Only the storing is retried, with <paramref name="keep"/>, until it returns the result.
/// </summary>
/// <param name="failure">The store's failure.</param>
/// <param name="keep">Tries once more. True: it is the last attempt, and bytes that fit travel inside the
/// event.</param>
sealed class UnkeptException(Failure failure, Func<bool, CancellationToken, Task<object>> keep)
    : Exception(failure.Message)
{
    public Failure Failure => failure;

    public Func<bool, CancellationToken, Task<object>> Keep => keep;

    /// <summary>
    /// The state with which any worker can continue without another call. Null: only the worker that has the answer in
    /// memory can.
    /// </summary>
    public JobState? State { get; init; }
}
