using OpenAIWorker.Jobs;

namespace OpenAIWorker.Storage;

/// <summary>
/// The work after a call was answered and paid for. It has its own time limit: neither a slow store nor the end of the
/// job's time may cause a second call.
/// </summary>
static class Keeping
{
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>Keeps what a call came to.</summary>
    /// <param name="keep">Keeps it, and gives the result. It may be run again. True: for the last time.</param>
    /// <param name="state">What any worker can go on from without another call, where there is such a thing.</param>
    /// <exception cref="UnkeptException">The store is away.</exception>
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

    /// <summary>Keeps what a call came to of which a part may still be unkept.</summary>
    /// <param name="part">The call, or an operation inside this one.</param>
    /// <param name="keep">Keeps the rest, and gives the result.</param>
    /// <param name="state">What any worker can go on from when the part is kept.</param>
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
