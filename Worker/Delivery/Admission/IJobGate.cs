using OpenAIWorker.Delivery.Settlement;

namespace OpenAIWorker.Delivery.Admission;

/// <summary>
/// One of the gates that a job passes before its call. <see cref="DeliveryRegistration"/> lists them in their order.
/// </summary>
interface IJobGate
{
    /// <summary>Null: the job may pass. Else what becomes of it.</summary>
    ValueTask<Verdict?> Ask(Arrival arrival);
}
