using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Settlement;

namespace OpenAIWorker.Delivery.Admission;

/// <summary>Lets a job that was claimed wait for its slot. Without records it has its slot already.</summary>
sealed class SlotGate : IJobGate
{
    public async ValueTask<Verdict?> Ask(Arrival arrival)
    {
        if (arrival.Context.TryGetPayload<CallSlot>(out var slot))
            await slot.Take(arrival.Cancellation);
        return null;
    }
}
