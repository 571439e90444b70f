namespace OpenAIWorker.Delivery.Events;

/// <summary>What happens to an ending that a subscriber's queue refuses.</summary>
enum WhenRefused
{
    /// <summary>That queue does not get it.</summary>
    Drop,

    /// <summary>
    /// It is published again until the queue accepts it, for at most four minutes. Meanwhile its job keeps its slot,
    /// and the other queues get copies with the same message id.
    /// </summary>
    Wait,
}
