namespace OpenAIWorker.Delivery.Events;

/// <summary>What becomes of an ending that some subscriber's queue refuses.</summary>
enum WhenRefused
{
    /// <summary>That queue goes without it.</summary>
    Drop,

    /// <summary>
    /// It is told again until the queue takes it, for four minutes. Meanwhile it holds its job's place, and the others
    /// get copies with its message id.
    /// </summary>
    Wait,
}
