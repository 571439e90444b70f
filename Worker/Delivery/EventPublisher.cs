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
        Publish(context, ending, ending.JobId, ending.Operation, ending.Ending, EventIds.OfEnding(ending));

    public Task Delayed(ReceiveContext context, OperationDelayed delayed) =>
        Publish(context, delayed, delayed.JobId, delayed.Operation, JobEvent.Delayed, EventIds.OfDelay(delayed.JobId, delayed.Waits));

    /// <summary>The event types beside the operations' results.</summary>
    public static readonly IReadOnlyList<Type> CommonTypes = [typeof(OperationFailed), typeof(OperationDelayed), typeof(CredentialPaused), typeof(CredentialResumed)];

    /// <summary>Tells the operators that a credential stopped or started to work.</summary>
    public static Task Changed(ReceiveContext context, object change) => change switch
    {
        CredentialPaused paused => Publish(context, paused, "credential.paused", send => send.MessageId = NewId.NextGuid()),
        CredentialResumed resumed => Publish(context, resumed, "credential.resumed", send => send.MessageId = NewId.NextGuid()),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    async Task Publish<T>(ReceiveContext context, T message, string jobId, string operation, string happened, Guid id) where T : class
    {
        var received = transport.Describe(context);
        await Publish(context, message, $"{operation}.{happened}", Identify);
        await transport.Reply(context, message, happened, jobId, Identify);

        void Identify(SendContext send)
        {
            send.MessageId = id;
            send.Headers.Set(EventTypeHeader, happened);
            transport.Address(send, received);
        }
    }

    static async Task Publish<T>(ReceiveContext context, T message, string routingKey, Action<SendContext> identify) where T : class
    {
        var endpoint = await context.PublishEndpointProvider.GetPublishSendEndpoint<T>();
        await endpoint.Send(message, Pipe.Execute<SendContext<T>>(send =>
        {
            identify(send);
            send.TrySetRoutingKey(routingKey);
        }));
    }

    /// <summary><c>completed</c>, <c>failed</c> or <c>delayed</c>, for a subscriber that has not read the body yet.</summary>
    public const string EventTypeHeader = "openai-worker-event";
}
