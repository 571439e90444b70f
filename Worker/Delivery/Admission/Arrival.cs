using MassTransit;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Credentials;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Settlement;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Limits;

namespace OpenAIWorker.Delivery.Admission;

/// <summary>A job on its way to its call, with the results of the gates that it has passed.</summary>
sealed class Arrival(ReceiveContext context, Job job) : IDisposable
{
    Trial? trial;
    Job admitted = job;

    public ReceiveContext Context => context;

    public Job Job => admitted;

    /// <summary>Cancelled when the broker takes the delivery back.</summary>
    public CancellationToken Cancellation => context.CancellationToken;

    /// <summary>The queue or lane of the delivery.</summary>
    public string Queue => field ??= QueueNames.QueueOf(context);

    /// <summary>Whether it came from a lane.</summary>
    public bool IsInLane => QueueNames.IsLane(Queue);

    /// <summary>Watches the job's time, from the first gate that asks for it.</summary>
    public JobLife? Life { get; set; }

    /// <summary>The job's permission to call within the limits.</summary>
    public RateLimitLease? Lease { get; set; }

    /// <summary>The right to call with a paused credential. Another job gets it if this one does not call.</summary>
    public void Try(Trial? given) => trial = given;

    /// <summary>The job continues with progress that its message lacks.</summary>
    public void Continue(Job further) => admitted = further;

    /// <summary>The job has passed all gates.</summary>
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
