using MassTransit;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Lanes;
using OpenAIWorker.Delivery.Messages;

namespace OpenAIWorker.Delivery.Transports;

/// <summary>
/// What MassTransit leaves to the transport beneath it: message properties as they came, events, delays, dead letters,
/// replies.
/// </summary>
interface ITransport
{
    /// <summary>Its name in telemetry.</summary>
    string System { get; }

    /// <summary>Whether a job that is given back outlives this process.</summary>
    bool KeepsJobs { get; }

    Received Describe(ReceiveContext context);

    /// <summary>
    /// What workers have written about the job before. What a sender wrote in their place is not believed: the job is
    /// new.
    /// </summary>
    JobHeaders HeadersOf(ReceiveContext context, string operation, string jobId, DateTimeOffset now);

    /// <summary>Whether what is sent because of the message can still reach the broker.</summary>
    bool IsOpen(ReceiveContext context);

    /// <summary>
    /// Sends the message to its own queue again, to arrive after the delay; completes when it is safe there.
    /// </summary>
    Task Delay<T>(ConsumeContext<T> context, Job job, JobHeaders headers, TimeSpan delay) where T : class;

    /// <summary>Sends the message to another queue of the same operation; completes when it is safe there.</summary>
    Task Move<T>(ConsumeContext<T> context, Job job, JobHeaders headers, string queue) where T : class;

    /// <summary>Makes sure that there is a lane, without taking its jobs.</summary>
    Task Open(ReceiveContext context, string lane);

    /// <summary>
    /// Gives the job back to its lane, at its place where the transport can. Else it says with which headers the job
    /// waits there.
    /// </summary>
    Task<JobHeaders> GiveBack<T>(ConsumeContext<T> context, Job job, string lane) where T : class;

    /// <summary>
    /// Sends the message as it came to the queue of the operation that it was meant for; completes when it is safe
    /// there.
    /// </summary>
    Task Forward(ReceiveContext context, string operation);

    /// <summary>Tells the other workers of a lane that has jobs.</summary>
    Task Announce(ReceiveContext context, LaneOpened lane);

    /// <summary>Puts the message, byte for byte, where failed jobs are kept.</summary>
    Task DeadLetter(ReceiveContext context, OperationFailed failed);

    /// <summary>
    /// Sends an event about the message to all subscribers; completes when it is safe with the broker.
    /// </summary>
    Task Publish(ReceiveContext context, OutgoingEvent happened);

    /// <summary>Sends the event to the queue that the message's sender named.</summary>
    Task Reply(ReceiveContext context, OutgoingEvent happened, string jobId, string type);

    /// <summary>Sends an ending to the MassTransit request client that waits for it.</summary>
    Task Answer<T>(ReceiveContext context, ReplyAddress asker, T ending, Action<SendContext> address) where T : class;
}

/// <summary>A received message's properties.</summary>
/// <param name="MessageId">Any text, as foreign senders know no GUIDs; null where there is none or an empty
/// one.</param>
/// <param name="CorrelationId">Any text.</param>
/// <param name="RoutingKey">Where it was published to.</param>
/// <param name="Deliveries">How often the broker has delivered it before without an end.</param>
/// <param name="SentAt">When it was sent, where its sender or the broker says so.</param>
sealed record Received(string? MessageId, string? CorrelationId, string? RoutingKey, int Deliveries,
    DateTimeOffset? SentAt)
{
    /// <summary>Where its sender waits for what becomes of it.</summary>
    public string? ReplyTo { get; init; }
}
