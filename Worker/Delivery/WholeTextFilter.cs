using MassTransit;
using OpenAIWorker.Contracts;
using OpenAIWorker.Operations;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Delivery;

/// <summary>
/// Stands at the door: a body that is no JSON object, or whose texts are none in Unicode, ends its job as unreadable. Readers of JSON notice
/// such a text only when they come to it, which may be where nobody expects it: at the provider's door, or while the job's failure is told.
/// </summary>
sealed class WholeTextFilter(JobEnd end, ITransport transport, Topology topology) : IFilter<ReceiveContext>
{
    public Task Send(ReceiveContext context, IPipe<ReceiveContext> next) =>
        BodyFault.Of(context.Body.GetBytes()) is { } fault
            ? end.Fail(context, topology.OperationOf(context, transport.Describe(context)), new(FailureKind.Permanent, FailureCodes.Unreadable, fault, Remedy.Sender))
            : next.Send(context);

    public void Probe(ProbeContext context) => context.CreateFilterScope("wholeText");
}
