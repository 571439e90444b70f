using MassTransit;
using OpenAIWorker.Delivery.Bodies;
using OpenAIWorker.Delivery.Settlement;

namespace OpenAIWorker.Delivery.Filters;

/// <summary>
/// Opens the body before all other filters. A body that is not a JSON object, or whose texts are not valid Unicode,
/// ends its job as unreadable. JSON readers notice such a text only when they reach it, which may be late: while the
/// provider is called, or while the job's failure is published.
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
