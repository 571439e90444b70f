using MassTransit;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Records;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Delivery.Settlement;

/// <summary>
/// Sends a job on to where it waits or continues. It is settled once the broker has confirmed it there.
/// </summary>
sealed class JobMoves(ITransport transport, EventSending sending, QueueNames topology, JobRecords records)
{
    /// <summary>To the delay ladder.</summary>
    public Task Delay<T>(ConsumeContext<T> context, Job job, JobHeaders headers, TimeSpan delay,
        params IReadOnlyList<JobStep> steps) where T : class => Settled(
        context, job, isLane: false, () =>
            transport.Delay(context, job, headers, delay < DelayLadder.Longest ? delay : DelayLadder.Longest), steps);

    /// <summary>To a lane.</summary>
    public Task ToLane<T>(ConsumeContext<T> context, Job job, JobHeaders headers, string lane,
        params IReadOnlyList<JobStep> steps) where T : class =>
        Settled(context, job, isLane: true, () => transport.Move(context, job, headers, lane), steps);

    /// <summary>To the end of its operation's queue.</summary>
    public Task ToQueue<T>(ConsumeContext<T> context, Job job, JobHeaders headers) where T : class =>
        Settled(context, job, isLane: false, () => transport.Move(context, job, headers, topology.Queue(job.Operation)),
            []);

    // Released before it is sent: the next worker may receive it before this worker has the confirm.
    async Task Settled<T>(ConsumeContext<T> context, Job job, bool isLane, Func<Task> send,
        IReadOnlyList<JobStep> steps) where T : class
    {
        records.LetGo(context.ReceiveContext, steps);
        await sending.Job(job.Operation, isLane, send);
        Delivered.Settle(context.ReceiveContext);
    }
}
