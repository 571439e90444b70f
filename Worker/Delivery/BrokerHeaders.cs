namespace OpenAIWorker.Delivery;

/// <summary>Headers that the broker writes. RabbitMQ 3.x takes a message that is sent with them for one that goes in circles, and drops it.</summary>
static class BrokerHeaders
{
    /// <summary>How often the broker delivered a message of a quorum queue without an end.</summary>
    public const string DeliveryCount = "x-delivery-count";

    public static bool Contains(string header) =>
        header is "x-death" or DeliveryCount or "x-acquired-count"
        || header.StartsWith("x-first-death", StringComparison.Ordinal) || header.StartsWith("x-last-death", StringComparison.Ordinal);
}
