namespace OpenAIWorker.Delivery.Messages;

/// <summary>
/// Headers that the broker writes or obeys, which do not go on with a job. RabbitMQ 3.x takes a message that is sent
/// with its own for one that goes in circles, and drops it; and by <c>CC</c> and <c>BCC</c> it would send the job, in
/// the worker's name, wherever the job's sender likes.
/// </summary>
static class BrokerHeaders
{
    /// <summary>How often the broker delivered a message of a quorum queue without an end.</summary>
    public const string DeliveryCount = "x-delivery-count";

    /// <summary>The same from RabbitMQ 4.3 on, where the other one counts crashed consumers only.</summary>
    public const string AcquiredCount = "x-acquired-count";

    public static bool Contains(string header) =>
        header is "CC" or "BCC" or "x-death" or DeliveryCount or AcquiredCount
        || header.StartsWith("x-first-death", StringComparison.Ordinal)
        || header.StartsWith("x-last-death", StringComparison.Ordinal);
}
