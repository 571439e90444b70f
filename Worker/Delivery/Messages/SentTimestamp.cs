using System.Text;
using RabbitMQ.Client;
using Headers = MassTransit.Headers;

namespace OpenAIWorker.Delivery.Messages;

/// <summary>When a message was sent. AMQP's own property has whole seconds only.</summary>
static class SentTimestamp
{
    /// <summary>
    /// The time in milliseconds. A broker with a timestamp interceptor writes it:
    /// https://www.rabbitmq.com/docs/message-interceptors
    /// </summary>
    public const string Header = "timestamp_in_ms";

    const long Last = 253402300799;
    const long Milliseconds = 1_000;

    public static DateTimeOffset? Of(Headers headers, string name = Header) =>
        headers.Number(name) is <= Last * Milliseconds and var number
            ? DateTimeOffset.FromUnixTimeMilliseconds(number)
            : null;

    /// <summary>The latest time that the timestamp may mean: AMQP's own is cut to whole seconds.</summary>
    public static DateTimeOffset? Latest(DateTimeOffset? sentAt) => sentAt is { Millisecond: 0 } whole
        ? whole.AddMilliseconds(999)
        : sentAt;

    /// <summary>In milliseconds if the header exists, else in seconds.</summary>
    public static DateTimeOffset? OfMessage(IReadOnlyBasicProperties properties) =>
        properties.Headers?.TryGetValue(Header, out var value) == true
        && AmqpHeaders.Number(value is byte[] text ? Encoding.UTF8.GetString(text) : value)
            is <= Last * Milliseconds and var number
            ? DateTimeOffset.FromUnixTimeMilliseconds(number)
            : Of(properties);

    public static DateTimeOffset? Of(IReadOnlyBasicProperties properties) =>
        properties.IsTimestampPresent() && properties.Timestamp.UnixTime is > 0 and <= Last and var seconds
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
