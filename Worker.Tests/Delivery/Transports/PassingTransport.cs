using MassTransit;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Lanes;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Transports;

namespace OpenAIWorker.Tests.Delivery.Transports;

/// <summary>The real transport, into which a test can insert its own step.</summary>
abstract class PassingTransport(ITransport inner) : ITransport
{
    public string System => inner.System;

    public bool KeepsJobs => inner.KeepsJobs;

    public JobHeaders HeadersOf(ReceiveContext context, string operation, string jobId, DateTimeOffset now) =>
        inner.HeadersOf(context, operation, jobId, now);

    public Received Describe(ReceiveContext context) => inner.Describe(context);

    public bool IsOpen(ReceiveContext context) => inner.IsOpen(context);

    public virtual Task Publish(ReceiveContext context, OutgoingEvent happened) => inner.Publish(context, happened);

    public virtual Task Delay<T>(ConsumeContext<T> context, Job job, JobHeaders headers, TimeSpan delay)
        where T : class => inner.Delay(context, job, headers, delay);

    public Task Move<T>(ConsumeContext<T> context, Job job, JobHeaders headers, string queue)
        where T : class => inner.Move(context, job, headers, queue);

    public Task Open(ReceiveContext context, string lane) => inner.Open(context, lane);

    public Task<JobHeaders> GiveBack<T>(ConsumeContext<T> context, Job job, string lane)
        where T : class => inner.GiveBack(context, job, lane);

    public Task Announce(ReceiveContext context, LaneOpened lane) => inner.Announce(context, lane);

    public Task Forward(ReceiveContext context, string operation) => inner.Forward(context, operation);

    public virtual Task DeadLetter(ReceiveContext context, OperationFailed failed, string tenant) =>
        inner.DeadLetter(context, failed, tenant);

    public virtual Task Reply(ReceiveContext context, OutgoingEvent happened, string jobId, string type) =>
        inner.Reply(context, happened, jobId, type);

    public Task Answer<T>(ReceiveContext context, ReplyAddress asker, T ending, Action<SendContext> address)
        where T : class => inner.Answer(context, asker, ending, address);
}
