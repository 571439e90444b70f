using MassTransit;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Delivery;

/// <summary>Remembers a cancelled job for when it comes up, and aborts its call where that runs here.</summary>
sealed class CancelConsumer(Cancellations cancellations, OngoingCalls calls) : IConsumer<CancelJob>
{
    public Task Consume(ConsumeContext<CancelJob> context)
    {
        if (context.Message.JobId is not { Length: > 0 } job)
            return Task.CompletedTask;
        cancellations.Add(job);
        return calls.Abort(job);
    }
}
