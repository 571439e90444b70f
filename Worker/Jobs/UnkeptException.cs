namespace OpenAIWorker.Jobs;

/// <summary>
/// A call was answered, and what came of it could not be kept: its store is away. The answer is in hand. Only the
/// keeping is tried again, by <paramref name="keep"/>, until it gives the result.
/// </summary>
/// <param name="failure">What is wrong with the store.</param>
/// <param name="keep">Tries once more. True: it is the last time, and what can travel inside the event does.</param>
sealed class UnkeptException(Failure failure, Func<bool, CancellationToken, Task<object>> keep)
    : Exception(failure.Message)
{
    public Failure Failure => failure;

    public Func<bool, CancellationToken, Task<object>> Keep => keep;

    /// <summary>
    /// With this any worker can go on without another call. Null: only the one that has the answer in hand.
    /// </summary>
    public JobState? State { get; init; }
}
