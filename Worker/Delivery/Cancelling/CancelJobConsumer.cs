using MassTransit;
using Microsoft.Extensions.Logging;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Transports;

namespace OpenAIWorker.Delivery.Cancelling;

/// <summary>
/// Remembers what is cancelled, for jobs that are delivered later. Publishes the endings of jobs that wait in the
/// broker, and aborts the calls that run here.
/// </summary>
sealed partial class CancelJobConsumer(CancelledJobs cancelled, WaitingJobs waiting, RunningCalls calls,
    ITransport transport, TimeProvider clock, ILogger<CancelJobConsumer> logger) : IConsumer<CancelJob>
{
    readonly Log log = new(logger);

    public Task Consume(ConsumeContext<CancelJob> context)
    {
        var sentAt = SentTimestamp.Latest(transport.Describe(context.ReceiveContext).SentAt) ?? context.SentTime;
        if (CancelOrder.Of(context.Message, sentAt, clock.GetUtcNow()) is not { } order)
        {
            if (context.Message.Tenant is { Length: > 0 } && sentAt is null)
                log.Undated();
            return Task.CompletedTask;
        }
        cancelled.Add(order);
        waiting.Cancel(order);
        return calls.Abort(order);
    }

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(63, LogLevel.Warning,
            "A CancelJob for a tenant has no timestamp and is ignored: the worker cannot know which jobs were sent "
                + "before it. Send it with the AMQP property timestamp, or use worker cancel --tenant")]
        public partial void Undated();
    }
}
