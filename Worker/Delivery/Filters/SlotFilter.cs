using MassTransit;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Consuming;

namespace OpenAIWorker.Delivery.Filters;

/// <summary>
/// Lets a job wait for its slot before its body is opened: with a large <see cref="DeliveryOptions.Prefetch"/> most
/// deliveries wait here, and each then holds only its bytes. With records they wait once they are claimed: see
/// <see cref="CallSlots{TRequest}"/>.
/// </summary>
sealed class SlotFilter<TRequest>(CallSlots<TRequest> slots, BrokerFaults faults) : IFilter<ReceiveContext>
    where TRequest : JobRequest
{
    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        CallSlot? slot;
        try
        {
            slot = await slots.Enter(context);
        }
        catch (OperationCanceledException) when (faults.LeavesJobs)
        {
            return;
        }
        try
        {
            if (slot is not null)
                context.GetOrAddPayload(() => slot);
            await next.Send(context);
        }
        finally
        {
            slots.Leave(slot);
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("slot");
}
