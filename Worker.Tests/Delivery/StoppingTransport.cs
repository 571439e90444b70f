using MassTransit;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery;

namespace OpenAIWorker.Tests.Delivery;

/// <summary>Where a worker can be stopped: each is a window in which a crash must lose nothing.</summary>
enum Window
{
    /// <summary>The call is paid for, its ending not published.</summary>
    BeforePublish,

    /// <summary>The ending is confirmed, the job not acknowledged.</summary>
    BeforeAck,

    /// <summary>The job is safe in the delay ladder, and not acknowledged.</summary>
    AfterDelay,
}

/// <summary>The real transport, which stands still for ever at one window; so a test can end the worker exactly there.</summary>
sealed class StoppingTransport(ITransport inner, Window window) : ITransport
{
    readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Reached => reached.Task;

    public string System => inner.System;

    public bool KeepsJobs => inner.KeepsJobs;

    public JobHeaders HeadersOf(ReceiveContext context, string operation, string jobId, DateTimeOffset now) => inner.HeadersOf(context, operation, jobId, now);

    public Received Describe(ReceiveContext context) => inner.Describe(context);

    public bool IsOpen(ReceiveContext context) => inner.IsOpen(context);

    public async Task Publish(ReceiveContext context, OutgoingEvent happened)
    {
        if (window == Window.BeforePublish)
            await StandStill(context);
        await inner.Publish(context, happened);
    }

    public async Task Delay<T>(ConsumeContext<T> context, Job job, JobHeaders headers, TimeSpan delay) where T : class
    {
        await inner.Delay(context, job, headers, delay);
        if (window == Window.AfterDelay)
            await StandStill(context.ReceiveContext);
    }

    public Task Move<T>(ConsumeContext<T> context, Job job, JobHeaders headers, string queue) where T : class => inner.Move(context, job, headers, queue);

    public Task Open(ReceiveContext context, string lane) => inner.Open(context, lane);

    public Task<JobHeaders> GiveBack<T>(ConsumeContext<T> context, Job job, string lane) where T : class => inner.GiveBack(context, job, lane);

    public Task Announce(ReceiveContext context, LaneOpened lane) => inner.Announce(context, lane);

    public Task Forward(ReceiveContext context, string operation) => inner.Forward(context, operation);

    public Task DeadLetter(ReceiveContext context, OperationFailed failed) => inner.DeadLetter(context, failed);

    public async Task Reply(ReceiveContext context, OutgoingEvent happened, string jobId, string type)
    {
        await inner.Reply(context, happened, jobId, type);
        if (window == Window.BeforeAck)
            await StandStill(context);
    }

    public Task Answer<T>(ReceiveContext context, Asker asker, T ending, Action<SendContext> address) where T : class => inner.Answer(context, asker, ending, address);

    Task StandStill(ReceiveContext context)
    {
        reached.TrySetResult();
        return Task.Delay(Timeout.Infinite, context.CancellationToken);
    }
}
