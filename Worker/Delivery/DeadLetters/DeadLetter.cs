using OpenAIWorker.Delivery.Messages;
using RabbitMQ.Client;
using static OpenAIWorker.Delivery.DeadLetters.DeadLetterHeaders;

namespace OpenAIWorker.Delivery.DeadLetters;

/// <summary>A failed job's message, with the information in its headers.</summary>
sealed record DeadLetter(string Operation, ulong Tag, IReadOnlyBasicProperties Properties, ReadOnlyMemory<byte> Body)
{
    public string JobId { get; } = Text(Properties.Headers, DeadLetterHeaders.JobId) is { Length: > 0 } id
        ? id
        : Properties.MessageId ?? "";

    public string Code { get; } = Text(Properties.Headers, DeadLetterHeaders.Code);

    public string Kind { get; } = Text(Properties.Headers, DeadLetterHeaders.Kind);

    public string Reason { get; } = Text(Properties.Headers, DeadLetterHeaders.Reason);

    public string Attempts { get; } = Text(Properties.Headers, DeadLetterHeaders.Attempts);

    public string Model { get; } = Text(Properties.Headers, DeadLetterHeaders.Model);

    /// <summary>The job's tenant; empty if it has none. Each tenant has its own ids.</summary>
    public string Tenant { get; } = Text(Properties.Headers, DeadLetterHeaders.Tenant);

    /// <summary>The routing key of a job that had no operation.</summary>
    public string RoutingKey { get; } = Text(Properties.Headers, DeadLetterHeaders.RoutingKey);

    public DateTimeOffset? FirstSeen { get; } = Time(Properties.Headers, DeadLetterHeaders.FirstSeen);

    public DateTimeOffset? FailedAt { get; } = Time(Properties.Headers, DeadLetterHeaders.FailedAt);

    /// <summary>The message as it was sent: of its first life only the job's id and its sender remain.</summary>
    /// <param name="now">When it is sent again.</param>
    public BasicProperties Reborn(DateTimeOffset now)
    {
        var reborn = new BasicProperties(Properties)
        {
            Persistent = true,
            MessageId = Properties.MessageId ?? (AmqpShortString.Fits(JobId) ? JobId : null),
            Headers = (Properties.Headers ?? new Dictionary<string, object?>())
                .Where(header =>
                    (header.Key is SenderUser.Header or SenderUser.Seal
                        || !header.Key.StartsWith(Own, StringComparison.Ordinal))
                            && !BrokerHeaders.Contains(header.Key))
                .Append(new(Replay, Guid.NewGuid().ToString()))
                .Concat(SentAgain.Headers(now))
                .ToDictionary(),
        };
        // The broker refuses a user-id other than the connection's own.
        reborn.ClearUserId();
        return reborn;
    }
}
