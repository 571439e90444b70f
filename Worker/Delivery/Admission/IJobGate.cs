using OpenAIWorker.Delivery.Settlement;

namespace OpenAIWorker.Delivery.Admission;

/// <summary>
/// A gate that a job passes before its call. <see cref="DeliveryRegistration"/> lists the gates in order.
/// </summary>
interface IJobGate
{
    /// <summary>Null: the job may pass. Else its verdict.</summary>
    ValueTask<Verdict?> Ask(Arrival arrival);
}
