using System.Diagnostics.CodeAnalysis;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Topology;

namespace OpenAIWorker.Delivery.Consuming;

/// <summary>
/// Holds the calls of an operation's queue to <see cref="DeliveryOptions.Concurrency"/>, where <see cref="DeliveryOptions.Prefetch"/> brings more jobs than that. A slot is free
/// again as soon as its call is over: the next job does not wait until the ending is safe with the broker and the broker has brought it.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A call may outlive the host, and a semaphore without a wait handle owns nothing.")]
sealed class CallSlots<TRequest>(IOptions<DeliveryOptions> options, IHostApplicationLifetime host)
{
    readonly SemaphoreSlim free = new(options.Value.Concurrency);

    /// <summary>The job may go on, until what is returned is disposed. Null: its queue is held to a number of jobs of its own.</summary>
    public async ValueTask<Slot?> Enter(ReceiveContext context)
    {
        if (options.Value.Fetched == options.Value.Concurrency || QueueNames.IsLane(QueueNames.QueueOf(context)))
            return null;
        if (!free.Wait(0, CancellationToken.None))
        {
            // A stopping worker gives back at once what has not begun.
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, host.ApplicationStopping);
            await free.WaitAsync(ending.Token);
        }
        return new(free);
    }

    /// <summary>The right to be in a call, or on the way to it.</summary>
    public sealed class Slot(SemaphoreSlim free) : IDisposable
    {
        int left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref left, 1) == 0)
                free.Release();
        }
    }
}
