using RabbitMQ.Client;
using Headers = MassTransit.Headers;

namespace OpenAIWorker.Delivery.Messages;

/// <summary>When a message was sent. AMQP's own property has whole seconds only.</summary>
static class SentTimestamp
{
    /// <summary>
    /// In milliseconds. A broker with a timestamp interceptor writes it:
    /// https://www.rabbitmq.com/docs/message-interceptors
    /// </summary>
    public const string Header = "timestamp_in_ms";

    const long Latest = 253402300799;
    const long Milliseconds = 1_000;

    public static DateTimeOffset? Of(Headers headers, string name = Header) =>
        headers.Number(name) is <= Latest * Milliseconds and var number
            ? DateTimeOffset.FromUnixTimeMilliseconds(number)
            : null;

    public static DateTimeOffset? Of(IReadOnlyBasicProperties properties) =>
        properties.IsTimestampPresent() && properties.Timestamp.UnixTime is > 0 and <= Latest and var seconds
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
