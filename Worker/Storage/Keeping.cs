using OpenAIWorker.Jobs;

namespace OpenAIWorker.Storage;

/// <summary>
/// The work after a call was answered and paid for. It has its own time limit: neither a slow store nor the end of the
/// job's time may cause a second call.
/// </summary>
static class Keeping
{
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>Stores the outcome of a call.</summary>
    /// <param name="keep">Stores it, and returns the result. It may run again. True: for the last time.</param>
    /// <param name="state">The state with which any worker can continue without another call, if there is one.</param>
    /// <exception cref="UnkeptException">The store is unavailable.</exception>
    public static async Task<T> Of<T>(Func<bool, CancellationToken, Task<T>> keep, JobState? state = null)
        where T : class
    {
        using var timer = new CancellationTokenSource(Longest);
        try
        {
            return await keep(false, timer.Token);
        }
        catch (FailureException away) when (StoreFailures.IsOne(away.Failure))
        {
            throw Unkept(away.Failure);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested)
        {
            throw Unkept(StoreFailures.Of("results", StoreFault.Slow));
        }

        UnkeptException Unkept(Failure failure) =>
            new(failure, async (isLast, token) => await keep(isLast, token)) { State = state };
    }

    /// <summary>Stores the outcome of a call, a part of which may still be unstored.</summary>
    /// <param name="part">The call, or an operation inside this one.</param>
    /// <param name="keep">Stores the rest, and returns the result.</param>
    /// <param name="state">The state with which any worker can continue when the part is stored.</param>
    public static async Task<TResult> Then<T, TResult>(Task<T> part,
        Func<T, bool, CancellationToken, Task<TResult>> keep, Func<T, JobState?>? state = null)
        where T : class
        where TResult : class
    {
        T kept;
        try
        {
            kept = await part;
        }
        catch (UnkeptException unkept)
        {
            throw new UnkeptException(unkept.Failure, async (isLast, token) =>
                await keep((T)await unkept.Keep(isLast, token), isLast, token))
            { State = unkept.State };
        }
        return await Of((isLast, token) => keep(kept, isLast, token), state?.Invoke(kept));
    }
}
