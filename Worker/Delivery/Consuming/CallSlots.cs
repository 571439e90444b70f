using System.Diagnostics.CodeAnalysis;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Observing;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Delivery.Consuming;

/// <summary>
/// Limits the calls of an operation's queue to <see cref="DeliveryOptions.Concurrency"/>, if
/// <see cref="DeliveryOptions.Prefetch"/> delivers more jobs than that.
/// </summary>
[SuppressMessage("Design", "CA1001",
    Justification = "A call may outlive the host, and a semaphore without a wait handle owns nothing.")]
sealed class CallSlots<TRequest>(IOptions<DeliveryOptions> options, IHostApplicationLifetime host, JobMetrics metrics)
{
    static readonly string Operation = OperationCatalog.For(typeof(TRequest)).Name;

    readonly SemaphoreSlim free = new(options.Value.Concurrency);

    /// <summary>Waits for a slot, which the job keeps until it leaves. Null: its queue has its own limit.</summary>
    public async ValueTask<CallSlot?> Enter(ReceiveContext context)
    {
        var slot = options.Value.Fetched == options.Value.Concurrency || QueueNames.IsLane(QueueNames.QueueOf(context))
            ? null
            : await Free(context);
        metrics.Began(Operation);
        return slot;
    }

    /// <summary>The job leaves its slot.</summary>
    public void Leave(CallSlot? slot)
    {
        slot?.Dispose();
        metrics.LetGo(Operation);
    }

    async ValueTask<CallSlot> Free(ReceiveContext context)
    {
        if (!free.Wait(0, CancellationToken.None))
        {
            // A stopping worker returns jobs at once if their calls have not begun.
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken,
                host.ApplicationStopping);
            await free.WaitAsync(ending.Token);
        }
        return new(free);
    }
}

/// <summary>
/// A slot for a call, or for a job on its way to one. It is free as soon as the call ends, so that the next job does
/// not wait for the confirm of the ending and the next delivery.
/// </summary>
sealed class CallSlot(SemaphoreSlim free) : IDisposable
{
    int left;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref left, 1) == 0)
            free.Release();
    }
}
