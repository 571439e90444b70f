using MassTransit;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Clients;
using OpenAIWorker.Delivery.Endpoints;
using OpenAIWorker.Delivery.Lanes;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Observing;
using OpenAIWorker.Delivery.Topology;

namespace OpenAIWorker.Delivery.Transports;

/// <summary>
/// The embedded transport: the same policy, with timers instead of the delay ladder. Nothing survives the process, so
/// it keeps no dead letters. Events go directly to the process's client, so that a stopping bus still delivers the
/// results of its last calls.
/// </summary>
sealed class InMemoryTransport(EventInbox inbox, DirectJobs jobs) : ITransport
{
    public string System => "in_memory";

    public bool KeepsJobs => false;

    public Received Describe(ReceiveContext context) =>
        new(context.GetMessageId()?.ToString(), context.GetCorrelationId()?.ToString(), null, 0,
            SentTimestamp.Of(context.TransportHeaders));

    // No program outside this process can write them.
    public JobHeaders HeadersOf(ReceiveContext context, string operation, string jobId, DateTimeOffset now) =>
        JobHeaders.Read(context.TransportHeaders, now) with { SentAgain = SentAgain.Of(context.TransportHeaders, now) };

    public bool IsOpen(ReceiveContext context) => true;

    public Task Delay<T>(ConsumeContext<T> context, Job job, JobHeaders headers, TimeSpan delay) where T : class =>
        DeliverAgain(context, headers, null, delay);

    public Task Move<T>(ConsumeContext<T> context, Job job, JobHeaders headers, string queue) where T : class =>
        DeliverAgain(context, headers, QueueNames.IsLane(queue) ? queue : null, TimeSpan.Zero);

    // A lane exists from its first job on.
    public Task Open(ReceiveContext context, string lane) => Task.CompletedTask;

    public async Task<JobHeaders> GiveBack<T>(ConsumeContext<T> context, Job job, string lane) where T : class
    {
        var headers = job.Waiting(countsAsAttempt: false);
        await Move(context, job, headers, lane);
        return headers;
    }

    // No message reaches a wrong queue here.
    public Task Forward(ReceiveContext context, string operation) => Task.CompletedTask;

    // There are no other workers.
    public Task Announce(ReceiveContext context, LaneOpened lane) => Task.CompletedTask;

    Task DeliverAgain<T>(ConsumeContext<T> context, JobHeaders headers, string? lane, TimeSpan delay) where T : class
    {
        var trace = TraceHeaders.Onward(context.ReceiveContext.TransportHeaders)
            .Select(header => new KeyValuePair<string, object?>(header.Key, header.Value));
        jobs.DeliverAgain((JobRequest)(object)context.Message, headers.Write()
            .Concat(SentAgain.Headers(headers.SentAgain)).Concat(trace), lane, delay);
        return Task.CompletedTask;
    }

    public Task DeadLetter(ReceiveContext context, OperationFailed failed, string tenant) => Task.CompletedTask;

    // The process's own client is the only subscriber.
    public Task Publish(ReceiveContext context, OutgoingEvent happened) => Task.CompletedTask;

    // A client that takes no events, such as one whose disk is full, is like a broker that is away: no other form of
    // the ending would reach it, and the next run gets the job.
    public async Task Reply(ReceiveContext context, OutgoingEvent happened, string jobId, string type)
    {
        try
        {
            await inbox.Deliver(new(jobId, type, happened.Body));
        }
        catch (IOException refused)
        {
            throw new TransportUnavailableException($"This process's client takes no events: {refused.Message}",
                refused);
        }
    }

    // No program outside this process can ask.
    public Task Answer<T>(ReceiveContext context, ReplyAddress asker, T ending, Action<SendContext> address)
        where T : class => Task.CompletedTask;
}
