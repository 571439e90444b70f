using MassTransit;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Transports;

namespace OpenAIWorker.Tests.Delivery.Transports;

/// <summary>Where a worker can be stopped: a crash at any of these points must lose nothing.</summary>
enum Window
{
    /// <summary>The call is paid for, and its ending is not published.</summary>
    BeforePublish,

    /// <summary>The ending is confirmed, and the job is not acknowledged.</summary>
    BeforeAck,

    /// <summary>A step is paid for, and its job has not been sent on to wait for the next.</summary>
    BeforeDelay,

    /// <summary>The job is safe in the delay ladder, and not acknowledged.</summary>
    AfterDelay,
}

/// <summary>
/// The real transport, which blocks for ever at one point, so that a test can end the worker exactly there.
/// </summary>
sealed class StoppingTransport(ITransport inner, Window window) : PassingTransport(inner)
{
    readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Reached => reached.Task;

    public override async Task Publish(ReceiveContext context, OutgoingEvent happened)
    {
        if (window == Window.BeforePublish)
            await StandStill(context);
        await base.Publish(context, happened);
    }

    public override async Task Delay<T>(ConsumeContext<T> context, Job job, JobHeaders headers, TimeSpan delay)
    {
        if (window == Window.BeforeDelay)
            await StandStill(context.ReceiveContext);
        await base.Delay(context, job, headers, delay);
        if (window == Window.AfterDelay)
            await StandStill(context.ReceiveContext);
    }

    public override async Task Reply(ReceiveContext context, OutgoingEvent happened, string jobId, string type)
    {
        await base.Reply(context, happened, jobId, type);
        if (window == Window.BeforeAck)
            await StandStill(context);
    }

    Task StandStill(ReceiveContext context)
    {
        reached.TrySetResult();
        return Task.Delay(Timeout.Infinite, context.CancellationToken);
    }
}
