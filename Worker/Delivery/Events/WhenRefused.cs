namespace OpenAIWorker.Delivery.Events;

/// <summary>What becomes of an ending that some subscriber's queue refuses.</summary>
enum WhenRefused
{
    /// <summary>That queue goes without it.</summary>
    Drop,

    /// <summary>
    /// It is published again until the queue accepts it, for four minutes. Meanwhile its job keeps its slot, and the
    /// others get copies with the same message id.
    /// </summary>
    Wait,
}
