using MassTransit;
using OpenAIWorker.Delivery.Bodies;
using OpenAIWorker.Delivery.Settlement;

namespace OpenAIWorker.Delivery.Filters;

/// <summary>
/// Stands at the door, and opens bodies for all behind it: one that is no JSON object, or whose texts are none in
/// Unicode, ends its job as unreadable. Readers of JSON notice such a text only when they come to it, which may be
/// late: while the provider is called, or while the job's failure is published.
/// </summary>
sealed class UnicodeFilter(FailMessage failing) : IFilter<ReceiveContext>
{
    public Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        var fault = PlainBody.Open(context, failing.OperationOf(context)).Fault;
        return fault is null ? next.Send(context) : failing.Fail(context, fault);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("wholeText");
}
