using MassTransit;
using OpenAIWorker.Delivery.Bodies;
using OpenAIWorker.Delivery.Settlement;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Delivery.Transports;

namespace OpenAIWorker.Delivery.Filters;

/// <summary>
/// Stands at the door, and opens bodies for all behind it: one that is no JSON object, or whose texts are none in Unicode, ends its job as unreadable. Readers of JSON notice
/// such a text only when they come to it, which may be where nobody expects it: at the provider's door, or while the job's failure is told.
/// </summary>
sealed class WholeTextFilter(JobEnd end, ITransport transport, QueueNames topology) : IFilter<ReceiveContext>
{
    public Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        var operation = topology.OperationOf(context, transport.Describe(context));
        return PlainBody.Open(context, operation).Fault is { } fault ? end.Fail(context, operation, fault) : next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("wholeText");
}
