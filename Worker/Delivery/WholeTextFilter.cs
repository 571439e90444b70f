using System.Text.Json;
using System.Text.Unicode;
using MassTransit;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Delivery;

/// <summary>
/// Stands at the door: a body whose texts are none in Unicode ends its job as unreadable. Readers of JSON notice such a text only when they come to it, which
/// may be where nobody expects it: at the provider's door, or while the job's failure is told.
/// </summary>
sealed class WholeTextFilter(JobEnd end, ITransport transport, Topology topology) : IFilter<ReceiveContext>
{
    public Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        var body = context.Body.GetBytes();
        if (!Utf8.IsValid(body))
            return End(context, "The body has bytes that are no UTF-8.");
        return WholeText.HasHalfACharacter(body) ? End(context, @"The body has half a character: an escape of \ud800 to \udfff without the other one of its pair.") : next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("wholeText");

    async Task End(ReceiveContext context, string message)
    {
        // Told of the fault, MassTransit does not also take the message for one that nobody consumed.
        await context.NotifyFaulted(new JsonException(message));
        await end.Fail(context, topology.OperationOf(context, transport.Describe(context)), new(FailureKind.Permanent, FailureCodes.Unreadable, message, Remedy.Sender));
    }
}
