using MassTransit;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Delivery.Transports;

namespace OpenAIWorker.Delivery.Settlement;

/// <summary>Sends a job on to where it waits or goes on. It is settled once the broker has confirmed it there.</summary>
sealed class JobMoves(ITransport transport, EventSending sending, QueueNames topology)
{
    /// <summary>Into the delay ladder.</summary>
    public Task Delay<T>(ConsumeContext<T> context, Job job, JobHeaders headers, TimeSpan delay) where T : class => Settled(context, sending.Job(
        job.Operation, isLane: false, () => transport.Delay(context, job, headers, delay < DelayLadder.Longest ? delay : DelayLadder.Longest)));

    /// <summary>Into a lane.</summary>
    public Task ToLane<T>(ConsumeContext<T> context, Job job, JobHeaders headers, string lane) where T : class =>
        Settled(context, sending.Job(job.Operation, isLane: true, () => transport.Move(context, job, headers, lane)));

    /// <summary>To the end of its operation's queue.</summary>
    public Task ToQueue<T>(ConsumeContext<T> context, Job job, JobHeaders headers) where T : class =>
        Settled(context, sending.Job(job.Operation, isLane: false, () => transport.Move(context, job, headers, topology.Queue(job.Operation))));

    static async Task Settled<T>(ConsumeContext<T> context, Task sent) where T : class
    {
        await sent;
        Delivered.Settle(context.ReceiveContext);
    }
}
