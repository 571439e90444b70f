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
        if (!isNeeded || QueueNames.IsLane(QueueNames.QueueOf(context)))
        {
            metrics.Began(Operation);
            return null;
        }
        var slot = new CallSlot(free, metrics, Operation);
        if (!records.AreKept)
            await slot.Take(context.CancellationToken);
        return slot;
    }

    /// <summary>The job leaves its slot.</summary>
    public void Leave(CallSlot? slot)
    {
        slot?.Dispose();
        if (slot is null or { IsTaken: true })
            metrics.LetGo(Operation);
    }
}

/// <summary>
/// A slot for a call, or for a job on its way to one. It is free as soon as the call ends, so that the next job does
/// not wait for the confirm of the ending and the next delivery.
/// </summary>
sealed class CallSlot(FreeSlots free, JobMetrics metrics, string operation) : IDisposable
{
    int left;

    /// <summary>Whether the job has, or had, it.</summary>
    public bool IsTaken { get; private set; }

    /// <summary>Waits until the slot is free, if the job does not have it yet.</summary>
    public async ValueTask Take(CancellationToken cancellation)
    {
        if (IsTaken)
            return;
        await free.Take(cancellation);
        IsTaken = true;
        metrics.Began(operation);
    }

    public void Dispose()
    {
        if (IsTaken && Interlocked.Exchange(ref left, 1) == 0)
            free.Give();
    }
}
