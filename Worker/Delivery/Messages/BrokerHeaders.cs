namespace OpenAIWorker.Delivery.Messages;

/// <summary>
/// Headers that the broker writes or obeys, which are removed before a job is sent on. RabbitMQ 3.x drops a message
/// that has its own headers, because it assumes a loop. With <c>CC</c> and <c>BCC</c> it would send the job, as the
/// worker, to queues that the job's sender chooses.
/// </summary>
static class BrokerHeaders
{
    /// <summary>How often the broker delivered a message of a quorum queue without an acknowledgement.</summary>
    public const string DeliveryCount = "x-delivery-count";

    /// <summary>The same from RabbitMQ 4.3 on, where the other header counts only crashed consumers.</summary>
    public const string AcquiredCount = "x-acquired-count";

    public static bool Contains(string header) =>
        header is "CC" or "BCC" or "x-death" or DeliveryCount or AcquiredCount
        || header.StartsWith("x-first-death", StringComparison.Ordinal)
        || header.StartsWith("x-last-death", StringComparison.Ordinal);
}
