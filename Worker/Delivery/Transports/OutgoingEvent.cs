namespace OpenAIWorker.Delivery.Transports;

/// <summary>An event about a job, ready to be sent.</summary>
/// <param name="Exchange">The exchange of its message type.</param>
/// <param name="RoutingKey">Such as <c>message-model.completed</c>.</param>
/// <param name="Id">The message's id.</param>
/// <param name="Type">The CloudEvents type, also AMQP's property <c>type</c>.</param>
/// <param name="Time">When it is published, also AMQP's property <c>timestamp</c>.</param>
/// <param name="CorrelationId">The received message's correlation id, if it has one.</param>
/// <param name="Headers">CloudEvents' attributes, the trace, and the event's type.</param>
/// <param name="Body">Plain JSON.</param>
sealed record OutgoingEvent(
    string Exchange, string RoutingKey, Guid Id, string Type, DateTimeOffset Time, string? CorrelationId,
    Dictionary<string, object?> Headers, byte[] Body)
{
    /// <summary>Whether it ends a job; else the job continues.</summary>
    public bool IsEnding { get; init; }

    /// <summary>An event for this process alone, which reads only its body.</summary>
    public static OutgoingEvent Inside(byte[] body) => new("", "", Guid.Empty, "", default, null, [], body);
}
