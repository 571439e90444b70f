using MassTransit;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Delivery;

/// <summary>
/// Publishes the events about a job: to their type's exchange, from which <c>openai.events</c> is fed, and to the queue that the job's
/// sender named. An ending's message id comes from the job's id, so that a subscriber can drop a copy.
/// </summary>
sealed class EventPublisher(ITransport transport)
{
    public Task Ended<T>(ReceiveContext context, T ending) where T : class, IJobEnding =>
        Publish(context, ending, ending.JobId, ending.Operation, ending.Ending, EventIds.OfEnding(ending.JobId));

    public Task Delayed(ReceiveContext context, OperationDelayed delayed) =>
        Publish(context, delayed, delayed.JobId, delayed.Operation, JobEvent.Delayed, EventIds.OfDelay(delayed.JobId, delayed.Waits));

    async Task Publish<T>(ReceiveContext context, T message, string jobId, string operation, string happened, Guid id) where T : class
    {
        var received = transport.Describe(context);
        var endpoint = await context.PublishEndpointProvider.GetPublishSendEndpoint<T>();
        await endpoint.Send(message, Pipe.Execute<SendContext<T>>(send =>
        {
            Identify(send);
            send.TrySetRoutingKey($"{operation}.{happened}");
        }));
        await transport.Reply(context, message, happened, jobId, Identify);

        void Identify(SendContext send)
        {
            send.MessageId = id;
            send.Headers.Set(EventTypeHeader, happened);
            transport.Address(send, received);
        }
    }

    /// <summary><c>completed</c>, <c>failed</c> or <c>delayed</c>, for a subscriber that has not read the body yet.</summary>
    public const string EventTypeHeader = "openai-worker-event";
}
