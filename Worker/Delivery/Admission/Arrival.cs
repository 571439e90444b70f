using MassTransit;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Settlement;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Limits;

namespace OpenAIWorker.Delivery.Admission;

/// <summary>A job on its way to its call, with what the gates behind it gave it.</summary>
sealed class Arrival(ReceiveContext context, Job job) : IDisposable
{
    Trial? trial;

    public ReceiveContext Context => context;

    public Job Job => job;

    /// <summary>Ends the waiting: the broker has taken the delivery back.</summary>
    public CancellationToken Cancellation => context.CancellationToken;

    /// <summary>The queue or lane that the job came by.</summary>
    public string Queue => field ??= QueueNames.QueueOf(context);

    /// <summary>Whether it came by a lane.</summary>
    public bool IsInLane => QueueNames.IsLane(Queue);

    /// <summary>Watches over the job's time from the gate on that asks for it.</summary>
    public JobLife? Life { get; set; }

    /// <summary>The job's permission to call within the limits.</summary>
    public RateLimitLease? Lease { get; set; }

    /// <summary>The right to call with a paused credential, which is another job's if this one does not call.</summary>
    public void Try(Trial? given) => trial = given;

    /// <summary>All gates are behind it.</summary>
    public Verdict.Call Pass()
    {
        var call = new Verdict.Call(Lease, trial);
        trial = null;
        return call;
    }

    public void Dispose()
    {
        Life?.Dispose();
        trial?.Dispose();
    }
}
