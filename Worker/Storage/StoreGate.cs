using System.Diagnostics.CodeAnalysis;
using OpenAIWorker.Jobs;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Storage;

/// <summary>
/// Guards a store. Every fault of the store becomes a <see cref="Failure"/> of the job. While the store is away one job
/// at a time finds out whether it is back, so that a thousand jobs do not each wait out a connection's time limit.
/// </summary>
/// <param name="store">What it keeps, such as <c>payloads</c>.</param>
/// <param name="states">Learns whether the store can be used.</param>
/// <param name="read">The store's own reading of exceptions. Null: it is no fault of the store.</param>
/// <param name="clock">The time.</param>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore without a wait handle owns nothing.")]
sealed class StoreGate(string store, StoreStates states, Func<Exception, StoreFault?> read, TimeProvider clock)
{
    // How long what was kept vouches for what is to come, before a call that costs money.
    static readonly TimeSpan Trusted = TimeSpan.FromSeconds(5);

    // How long a failure answers for those who come next.
    static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    readonly SemaphoreSlim one = new(1);
    long kept;
    long failed;

    /// <summary>Whether it has just kept something.</summary>
    public bool IsTrusted => !IsAway && IsWithin(Trusted, Volatile.Read(ref kept));

    /// <summary>It has kept something. To read or to delete is no proof of that.</summary>
    public void HasKept() => Volatile.Write(ref kept, clock.GetTimestamp());

    bool IsAway => states.FaultOf(store) is { IsForGood: false };

    /// <exception cref="FailureException">The store is away, or refuses.</exception>
    public async Task<T> Use<T>(Func<Task<T>> use, CancellationToken cancellation)
    {
        if (!IsAway)
            return await Run(use, cancellation);
        await one.WaitAsync(cancellation);
        try
        {
            if (states.FaultOf(store) is { IsForGood: false } fault && IsWithin(Rest, Volatile.Read(ref failed)))
                throw new FailureException(StoreFailures.Of(store, fault));
            return await Run(use, cancellation);
        }
        finally
        {
            one.Release();
        }
    }

    /// <inheritdoc cref="Use{T}"/>
    public Task Use(Func<Task> use, CancellationToken cancellation) => Use(async () =>
    {
        await use();
        return true;
    }, cancellation);

    async Task<T> Run<T>(Func<Task<T>> use, CancellationToken cancellation)
    {
        var slow = PartyInTurn.Is(_ => StoreFailures.Of(store, StoreFault.Slow), isTimed: true);
        try
        {
            var result = await use();
            states.Works(store);
            slow.Done();
            return result;
        }
        catch (FailureException)
        {
            slow.Done();
            throw;
        }
        catch (Exception broken) when (FaultIn(broken, cancellation) is { } fault)
        {
            slow.Done();
            Volatile.Write(ref failed, clock.GetTimestamp());
            states.Fails(store, fault, broken);
            throw new FailureException(StoreFailures.Of(store, fault), broken);
        }
    }

    StoreFault? FaultIn(Exception broken, CancellationToken cancellation) => broken switch
    {
        FailureException => null,
        // The job's own time is over, or its worker stops: who was slow is told elsewhere.
        OperationCanceledException when cancellation.IsCancellationRequested => null,
        OperationCanceledException or TimeoutException => StoreFault.Slow,
        _ => read(broken),
    };

    bool IsWithin(TimeSpan time, long since) => since != 0 && clock.GetElapsedTime(since) < time;
}
