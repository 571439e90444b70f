using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Observing;
using OpenAIWorker.Delivery.Records;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Delivery.Consuming;

/// <summary>
/// Limits the calls of an operation's queue to <see cref="DeliveryOptions.Concurrency"/>, if
/// <see cref="DeliveryOptions.Prefetch"/> delivers more jobs than that.
/// </summary>
sealed class CallSlots<TRequest>(IOptions<DeliveryOptions> options, IOptions<BrokerOptions> broker,
    IHostApplicationLifetime host, JobMetrics metrics, JobRecords records)
{
    static readonly string Operation = OperationCatalog.For(typeof(TRequest)).Name;

    // Jobs that are delivered directly come from no queue.
    readonly bool isNeeded = broker.Value.IsEmbedded || options.Value.Fetched != options.Value.Concurrency;

    readonly FreeSlots free = new(options.Value.Concurrency, host.ApplicationStopping);

    /// <summary>
    /// Waits for a slot, which the job keeps until it leaves. A job with a record is claimed first, and takes its slot
    /// then: one that waits for the database is used by no call. Null: its queue has its own limit.
    /// </summary>
    public async ValueTask<CallSlot?> Enter(ReceiveContext context)
    {
        var slot = isNeeded && !QueueNames.IsLane(QueueNames.QueueOf(context)) ? new CallSlot(free) : null;
        if (slot is not null && !records.AreKept)
            await slot.Take(context.CancellationToken);
        metrics.Began(Operation);
        return slot;
    }

    /// <summary>The job leaves its slot.</summary>
    public void Leave(CallSlot? slot)
    {
        slot?.Dispose();
        metrics.LetGo(Operation);
    }
}

/// <summary>
/// A slot for a call, or for a job on its way to one. It is free as soon as the call ends, so that the next job does
/// not wait for the confirm of the ending and the next delivery.
/// </summary>
sealed class CallSlot(FreeSlots free) : IDisposable
{
    const int Untaken = 0;
    const int Taken = 1;
    const int Left = 2;

    int state = Untaken;

    /// <summary>Waits until the slot is free, if the job does not have it yet.</summary>
    public async ValueTask Take(CancellationToken cancellation)
    {
        if (state != Untaken)
            return;
        await free.Take(cancellation);
        state = Taken;
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref state, Left) == Taken)
            free.Give();
    }
}
