using System.Diagnostics.CodeAnalysis;
using OpenAIWorker.Jobs;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Storage;

/// <summary>
/// Guards a store. Every fault of the store becomes a <see cref="Failure"/> of the job. While the store is unavailable,
/// one job at a time checks whether it is back, so that a thousand jobs do not each wait for a connection's time limit.
/// </summary>
/// <param name="store">The name of the store, such as <c>payloads</c>.</param>
/// <param name="states">Learns whether the store can be used.</param>
/// <param name="read">Turns exceptions into the store's faults. Null: it is not a fault of the store.</param>
/// <param name="clock">The clock.</param>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore without a wait handle owns nothing.")]
sealed class StoreGate(string store, StoreStates states, Func<Exception, StoreFault?> read, TimeProvider clock)
{
    // How long a success counts as proof, before a call that costs money.
    static readonly TimeSpan Trusted = TimeSpan.FromSeconds(5);

    // How long a failure answers the following requests.
    static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    readonly SemaphoreSlim one = new(1);
    long kept;
    long failed;

    /// <summary>Whether it has just stored something.</summary>
    public bool IsTrusted => !IsAway && IsWithin(Trusted, Volatile.Read(ref kept));

    /// <summary>It has stored something. Reading or deleting does not prove that it accepts bytes.</summary>
    public void HasKept() => Volatile.Write(ref kept, clock.GetTimestamp());

    bool IsAway => states.FaultOf(store) is { IsForGood: false };

    /// <exception cref="FailureException">The store is unavailable, or refuses.</exception>
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
        // The job's own time is over, or its worker stops; the slow party is reported elsewhere.
        OperationCanceledException when cancellation.IsCancellationRequested => null,
        OperationCanceledException or TimeoutException => StoreFault.Slow,
        _ => read(broken),
    };

    bool IsWithin(TimeSpan time, long since) => since != 0 && clock.GetElapsedTime(since) < time;
}
