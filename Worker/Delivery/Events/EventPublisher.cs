using System.Globalization;
using System.Text.Json;
using MassTransit;
using MassTransit.Serialization;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Clients;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Observing;
using OpenAIWorker.Delivery.Records;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Json;
using OpenAIWorker.Settings.Secrets;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Delivery.Events;

/// <summary>
/// Publishes the events about a job: to their type's exchange, to which <c>openai.events</c> is bound, and to the reply
/// queue that the job's sender named. An ending's message id comes from the job's id, so that a subscriber can drop a
/// copy.
/// </summary>
sealed class EventPublisher(
    ITransport transport, QueueNames topology, MessageBound bound, OwnSecrets secrets, TimeProvider clock)
{
    const int HeadersAtMost = 15;

    /// <summary>An ending as it is published.</summary>
    /// <exception cref="UnwritableEventException">The ending cannot be a message.</exception>
    public byte[] Write(IJobEnding ending) => Bounded(Written(ending));

    /// <param name="context">The job's delivery.</param>
    /// <param name="ending">The ending.</param>
    /// <param name="body">The serialised ending.</param>
    public async Task Ended<T>(ReceiveContext context, T ending, byte[] body) where T : class, IJobEnding
    {
        if (IsInside)
        {
            await transport.Reply(context, OutgoingEvent.Inside(body), ending.JobId, ending.Ending);
            return;
        }
        var id = context.TryGetPayload<OtherRequest>(out var other)
            ? EventIds.OfConflict(ending, other.Hash)
            : EventIds.OfEnding(ending);
        var happened = await Publish<T>(context, body, ending.JobId, ending.Operation, ending.Ending, id);
        if (context.TryGetPayload<ReplyAddress>(out var asker) && !topology.IsOwn(asker.Queue))
            await transport.Answer(context, asker, JsonSerializer.Deserialize<T>(body, BusJson.Options)!,
                send => Asked((SendContext<T>)send, asker, happened));
    }

    /// <inheritdoc cref="Ended"/>
    public Task Delayed(ReceiveContext context, OperationDelayed delayed)
    {
        var body = Bounded(Written(delayed));
        return IsInside
            ? transport.Reply(context, OutgoingEvent.Inside(body), delayed.JobId, JobEvent.Delayed)
            : Publish<OperationDelayed>(context, body, delayed.JobId, delayed.Operation, JobEvent.Delayed,
                EventIds.OfDelay(delayed.JobId, delayed.Waits));
    }

    // In this process only its own client receives events, without headers.
    bool IsInside => !transport.KeepsJobs;

    /// <summary>The event types beside the operations' results.</summary>
    public static readonly IReadOnlyList<Type> CommonTypes = [typeof(OperationFailed), typeof(OperationDelayed),
        typeof(CredentialPaused), typeof(CredentialResumed), typeof(GroupCompleted)];

    /// <summary>An event that tells operators of a refused credential.</summary>
    public OutgoingEvent Of(CredentialPaused paused) =>
        Event([], paused, "credential.paused", NewId.NextGuid(), paused.Credential, correlationId: null);

    /// <inheritdoc cref="Of(CredentialPaused)"/>
    public OutgoingEvent Of(CredentialResumed resumed) =>
        Event([], resumed, "credential.resumed", NewId.NextGuid(), resumed.Credential, correlationId: null);

    /// <summary>
    /// An event that tells that a group has ended. Its key is not <c>group.completed</c>, which subscribers of
    /// <c>*.completed</c> would receive.
    /// </summary>
    public OutgoingEvent Of(GroupCompleted group) =>
        Event([], group, GroupKey, EventIds.OfGroup(group), group.Group, correlationId: null);

    /// <summary>The routing key of <see cref="GroupCompleted"/>.</summary>
    public const string GroupKey = "group.ended";

    /// <summary>
    /// The ending of a job that ends while it waits in the broker: the same event that a later delivery would produce.
    /// </summary>
    public OutgoingEvent Of(OperationFailed failed, string? correlationId)
    {
        var happened = Event([], failed, $"{failed.Operation}.{failed.Ending}", EventIds.OfEnding(failed), failed.JobId,
            correlationId);
        happened.Headers[EventTypeHeader] = failed.Ending;
        return happened;
    }

    async Task<OutgoingEvent> Publish<T>(ReceiveContext context, byte[] body, string jobId, string operation,
        string type, Guid id) where T : class
    {
        var happened = Event<T>([.. TraceHeaders.Onward(context.TransportHeaders)], body, $"{operation}.{type}", id,
            jobId, transport.Describe(context).CorrelationId) with
        {
            IsEnding = typeof(IJobEnding).IsAssignableFrom(typeof(T))
        };
        happened.Headers[EventTypeHeader] = type;
        if (context.TryGetPayload<Initiator>(out var initiator))
            happened.Headers[InitiatorHeader] = initiator.Id.ToString();
        await transport.Publish(context, happened);
        await transport.Reply(context, happened, jobId, type);
        return happened;
    }

    OutgoingEvent Event<T>(IReadOnlyList<KeyValuePair<string, string>> onward, T message, string routingKey, Guid id,
        string subject, string? correlationId) where T : class =>
        Event<T>(onward, Bounded(Written(message)), routingKey, id, subject, correlationId);

    OutgoingEvent Event<T>(IReadOnlyList<KeyValuePair<string, string>> onward, byte[] body, string routingKey, Guid id,
        string subject, string? correlationId) where T : class
    {
        var now = clock.GetUtcNow();
        return new(topology.TypeExchange(typeof(T)), routingKey, id, CloudEventHeaders.TypeOf(typeof(T)), now,
            correlationId, Headers<T>(onward, id, subject, now), body);
    }

    byte[] Bounded(byte[] body) =>
        body.Length <= bound.Largest ? body : throw UnwritableEventException.TooLarge(body.Length, bound.Largest);

    // Infinite numbers, texts of hundreds of megabytes: the writer throws a different exception for each.
    byte[] Written(object message)
    {
        try
        {
            return Masked(Plain(message));
        }
        catch (Exception fault)
        {
            throw UnwritableEventException.Of(fault);
        }
    }

    static byte[] Plain(object message)
    {
        try
        {
            return JsonSerializer.SerializeToUtf8Bytes(message, message.GetType(), BusJson.Options);
        }
        catch (Exception)
        {
            // What an answer contains may be nested deeper than its readers read.
            return DeepJson.Flattened(
                JsonSerializer.SerializeToUtf8Bytes(message, message.GetType(), BusJson.Deep));
        }
    }

    byte[] Masked(byte[] body) =>
        secrets.Masked(body) is { Length: var length } masked && length != body.Length ? masked.ToArray() : body;

    Dictionary<string, object?> Headers<T>(IReadOnlyList<KeyValuePair<string, string>> onward, Guid id, string subject,
        DateTimeOffset now) where T : class
    {
        var headers = new UnnumberedHeaders(HeadersAtMost);
        foreach (var (name, value) in CloudEventHeaders.Of(id, topology.Source, typeof(T), subject, now))
            headers[name] = value;
        headers[MessageTypeHeader] = MessageTypes<T>.Header;
        headers[SentTimeHeader] = now.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        foreach (var (name, value) in WorkerTrace.Current is { } span ? TraceHeaders.Of(span) : onward)
            headers[name] = value;
        // The event's own headers name the current span; these name where the job began.
        foreach (var (name, value) in onward)
            headers[$"{CloudEventHeaders.Prefix}{name}"] = value;
        return headers;
    }

    // MassTransit's request client finds its question only by the envelope.
    void Asked<T>(SendContext<T> send, ReplyAddress asker, OutgoingEvent happened) where T : class
    {
        send.MessageId = happened.Id;
        foreach (var (name, value) in happened.Headers)
            send.Headers.Set(name, value);
        send.RequestId = asker.RequestId;
        send.Serializer = new SystemTextJsonMessageSerializer();
        // Some characters are escaped as six.
        if (happened.Body.Length > bound.Largest / 8 && send.Serializer.GetMessageBody(send).Length is { } size
            && size > bound.Largest)
            throw UnwritableEventException.TooLarge(size, bound.Largest);
    }

    /// <summary>
    /// <c>completed</c>, <c>failed</c> or <c>delayed</c>, for a subscriber that has not read the body yet.
    /// </summary>
    public const string EventTypeHeader = "openai-worker-event";

    /// <summary>The URNs of an event's type.</summary>
    public const string MessageTypeHeader = MessageHeaders.MessageType;

    /// <summary>The saga that sent the job, if any.</summary>
    public const string InitiatorHeader = MessageHeaders.InitiatorId;

    /// <summary>When an event was published, for MassTransit, which reads AMQP's timestamp as milliseconds.</summary>
    public const string SentTimeHeader = MessageHeaders.TransportSentTime;
}
