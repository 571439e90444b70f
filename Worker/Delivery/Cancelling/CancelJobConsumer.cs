using MassTransit;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Messages;

namespace OpenAIWorker.Delivery.Cancelling;

/// <summary>
/// Remembers a cancelled job for when it comes up, has the ending of one that waits in the broker told, and aborts its
/// call where that runs here.
/// </summary>
sealed class CancelJobConsumer(Cancellations cancellations, WaitingJobs waiting, RunningCalls calls)
    : IConsumer<CancelJob>
{
    public Task Consume(ConsumeContext<CancelJob> context)
    {
        var job = context.Message.JobId;
        if (!JobId.Fits(job))
            return Task.CompletedTask;
        cancellations.Add(job);
        waiting.Cancel(job);
        return calls.Abort(job);
    }
}
