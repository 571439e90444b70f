using MassTransit;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Lanes;
using OpenAIWorker.Delivery.Messages;

namespace OpenAIWorker.Delivery.Transports;

/// <summary>
/// What MassTransit leaves to its transport: message properties, events, delays, dead letters, replies.
/// </summary>
interface ITransport
{
    /// <summary>Its name in telemetry.</summary>
    string System { get; }

    /// <summary>Whether a job that is returned survives this process.</summary>
    bool KeepsJobs { get; }

    Received Describe(ReceiveContext context);

    /// <summary>
    /// The history that workers have written about the job. Forged headers of a sender are ignored: then the job is
    /// new.
    /// </summary>
    JobHeaders HeadersOf(ReceiveContext context, string operation, string jobId, DateTimeOffset now);

    /// <summary>Whether messages that this delivery causes can still reach the broker.</summary>
    bool IsOpen(ReceiveContext context);

    /// <summary>
    /// Sends the message to its own queue again, to arrive after the delay; completes when the broker has confirmed it.
    /// </summary>
    Task Delay<T>(ConsumeContext<T> context, Job job, JobHeaders headers, TimeSpan delay) where T : class;

    /// <summary>
    /// Sends the message to another queue of the same operation; completes when the broker has confirmed it.
    /// </summary>
    Task Move<T>(ConsumeContext<T> context, Job job, JobHeaders headers, string queue) where T : class;

    /// <summary>Makes sure that a lane exists, without consuming it.</summary>
    Task Open(ReceiveContext context, string lane);

    /// <summary>
    /// Returns the job to its lane, at its old place if the transport can do this. Else it returns the headers with
    /// which the job waits there.
    /// </summary>
    Task<JobHeaders> GiveBack<T>(ConsumeContext<T> context, Job job, string lane) where T : class;

    /// <summary>
    /// Sends the unchanged message to the queue of its operation; completes when the broker has confirmed it.
    /// </summary>
    Task Forward(ReceiveContext context, string operation);

    /// <summary>Tells the other workers of a lane with jobs.</summary>
    Task Announce(ReceiveContext context, LaneOpened lane);

    /// <summary>Copies the message, byte for byte, to where failed jobs are kept.</summary>
    Task DeadLetter(ReceiveContext context, OperationFailed failed, string tenant);

    /// <summary>
    /// Sends an event about the message to all subscribers; completes when the broker has confirmed it.
    /// </summary>
    Task Publish(ReceiveContext context, OutgoingEvent happened);

    /// <summary>Sends the event to the queue that the message's sender named.</summary>
    Task Reply(ReceiveContext context, OutgoingEvent happened, string jobId, string type);

    /// <summary>Sends an ending to the MassTransit request client that waits for it.</summary>
    Task Answer<T>(ReceiveContext context, ReplyAddress asker, T ending, Action<SendContext> address) where T : class;
}

/// <summary>A received message's properties.</summary>
/// <param name="MessageId">Any text, because foreign senders may not use GUIDs; null if there is none or an empty
/// one.</param>
/// <param name="CorrelationId">Any text.</param>
/// <param name="RoutingKey">The routing key with which it was published.</param>
/// <param name="Deliveries">How often the broker has delivered it before without an acknowledgement.</param>
/// <param name="SentAt">When it was sent, if its sender or the broker says so.</param>
sealed record Received(string? MessageId, string? CorrelationId, string? RoutingKey, int Deliveries,
    DateTimeOffset? SentAt)
{
    /// <summary>The queue where its sender waits for the events.</summary>
    public string? ReplyTo { get; init; }
}
