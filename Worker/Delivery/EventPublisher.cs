using MassTransit;
using MassTransit.Context;
using MassTransit.Serialization;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Delivery;

/// <summary>
/// Publishes the events about a job: to their type's exchange, from which <c>openai.events</c> is fed, and to whom the job's sender named.
/// An ending's message id comes from the job's id, so that a subscriber can drop a copy.
/// </summary>
sealed class EventPublisher(ITransport transport, Topology topology, IOptions<BrokerOptions> broker, TimeProvider clock)
{
    /// <exception cref="EventTooLargeException">Nothing has been published.</exception>
    public async Task Ended<T>(ReceiveContext context, T ending) where T : class, IJobEnding
    {
        var id = EventIds.OfEnding(ending);
        await Publish(context, ending, ending.JobId, ending.Operation, ending.Ending, id);
        if (context.TryGetPayload<Asker>(out var asker) && !topology.IsOwn(asker.Queue))
            await Answer(context, asker, ending, send => Describe<T>(context, send, id, ending.JobId));
    }

    /// <inheritdoc cref="Ended"/>
    public Task Delayed(ReceiveContext context, OperationDelayed delayed) =>
        Publish(context, delayed, delayed.JobId, delayed.Operation, JobEvent.Delayed, EventIds.OfDelay(delayed.JobId, delayed.Waits));

    /// <summary>The event types beside the operations' results.</summary>
    public static readonly IReadOnlyList<Type> CommonTypes = [typeof(OperationFailed), typeof(OperationDelayed), typeof(CredentialPaused), typeof(CredentialResumed)];

    /// <summary>Tells the operators that a credential stopped or started to work.</summary>
    public Task Changed(ReceiveContext context, object change) => change switch
    {
        CredentialPaused paused => Publish(context, paused, "credential.paused", send => Describe<CredentialPaused>(context, send, NewId.NextGuid(), paused.Credential)),
        CredentialResumed resumed => Publish(context, resumed, "credential.resumed", send => Describe<CredentialResumed>(context, send, NewId.NextGuid(), resumed.Credential)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    async Task Publish<T>(ReceiveContext context, T message, string jobId, string operation, string happened, Guid id) where T : class
    {
        var received = transport.Describe(context);
        await Publish(context, message, $"{operation}.{happened}", Identify);
        await transport.Reply(context, message, happened, jobId, Identify);

        void Identify(SendContext send)
        {
            Describe<T>(context, send, id, jobId);
            send.Headers.Set(EventTypeHeader, happened);
            transport.Address(send, received);
        }
    }

    async Task Publish<T>(ReceiveContext context, T message, string routingKey, Action<SendContext> identify) where T : class
    {
        var endpoint = await context.PublishEndpointProvider.GetPublishSendEndpoint<T>();
        await endpoint.Send(message, Pipe.Execute<SendContext<T>>(send =>
        {
            identify(send);
            send.TrySetRoutingKey(routingKey);
            // MassTransit keeps the bytes, and sends these.
            if (send is MessageSendContext<T> made && made.Body.GetBytes().Length > broker.Value.LargestMessage)
                throw new EventTooLargeException(made.Body.GetBytes().Length, broker.Value.LargestMessage);
        }));
    }

    // Only MassTransit's envelope tells its request client which question is answered.
    static async Task Answer<T>(ReceiveContext context, Asker asker, T ending, Action<SendContext> identify) where T : class
    {
        // MassTransit's name for the default exchange, which reaches any queue by its name.
        var endpoint = await context.SendEndpointProvider.GetSendEndpoint(new("exchange:amq.rabbitmq.reply-to"));
        await endpoint.Send(ending, Pipe.Execute<SendContext<T>>(send =>
        {
            identify(send);
            send.TrySetRoutingKey(asker.Queue);
            send.RequestId = asker.RequestId;
            send.Serializer = new SystemTextJsonMessageSerializer();
        }));
    }

    void Describe<T>(ReceiveContext received, SendContext send, Guid id, string subject)
    {
        send.MessageId = id;
        foreach (var (name, value) in CloudEvent.Headers(id, topology.Source, typeof(T), subject, clock.GetUtcNow()))
            send.Headers.Set(name, value);
        var onward = TraceHeaders.Onward(received.TransportHeaders).ToList();
        foreach (var (name, value) in WorkerTrace.Current is { } span ? TraceHeaders.Of(span) : onward)
            send.Headers.Set(name, value);
        // The event's own headers say which hop it is from; these, where the job began.
        foreach (var (name, value) in onward)
            send.Headers.Set($"{CloudEvent.Prefix}{name}", value);
    }

    /// <summary><c>completed</c>, <c>failed</c> or <c>delayed</c>, for a subscriber that has not read the body yet.</summary>
    public const string EventTypeHeader = "openai-worker-event";
}
