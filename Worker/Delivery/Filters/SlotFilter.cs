using MassTransit;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Transports;

namespace OpenAIWorker.Delivery.Filters;

/// <summary>
/// Lets a job wait for its slot before its body is opened: with a large <see cref="DeliveryOptions.Prefetch"/> most
/// deliveries wait here, and each then holds only its bytes.
/// </summary>
sealed class SlotFilter<TRequest>(CallSlots<TRequest> slots, BrokerFaults faults, ITransport transport)
    : IFilter<ReceiveContext>
    where TRequest : JobRequest
{
    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        if (!await IsEntered(context))
            return;
        context.TryGetPayload<CallSlot>(out var slot);
        try
        {
            await next.Send(context);
        }
        finally
        {
            slots.Leave(slot);
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("slot");

    // False: the worker stops, and its own jobs are left to the next run.
    async ValueTask<bool> IsEntered(ReceiveContext context)
    {
        try
        {
            if (await slots.Enter(context) is { } slot)
                context.GetOrAddPayload(() => slot);
            return true;
        }
        catch (OperationCanceledException) when (faults.IsStopping && !transport.KeepsJobs)
        {
            return false;
        }
    }
}
