using MassTransit;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Settlement;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Jobs;
using OpenAIWorker.Operations;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Delivery.Filters;

/// <summary>
/// Ends the jobs of messages that no consumer accepts. MassTransit would move them to a _skipped queue, where they are
/// lost.
/// </summary>
sealed class SkippedMessageFilter(FailMessage failing, ITransport transport, QueueNames topology)
    : IFilter<ReceiveContext>
{
    static readonly Failure Expired = new(FailureKind.Permanent, FailureCodes.DeadlineExceeded,
        "The message's AMQP expiration ended before a worker received the job. Send it again with a longer one, or "
            + "with a deadline instead.", Remedy.Sender);

    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        var received = transport.Describe(context);
        var (queue, key) = (QueueNames.QueueOf(context), received.RoutingKey ?? "");
        // The message arrived before its queue was bound, in the first second of an installation or of a broker that
        // lost its data; or its binding was deleted.
        if (queue == topology.Unknown && OperationCatalog.Named(key) is not null)
        {
            await transport.Forward(context, key);
            Delivered.Settle(context);
            return;
        }
        if (queue == topology.Unknown && key == UnknownKeys.Probe)
            return;
        await failing.Fail(context, queue == topology.Expired
            ? Expired
            : OperationCatalog.Named(topology.OperationOf(context, received)) is { } known
            ? AnotherMessage(known)
            : NoOperation(key));
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("unconsumed");

    static Failure AnotherMessage(Operation operation) => Unreadable(
        "The envelope is of another message: its messageType must have "
            + $"urn:message:{operation.Request.Namespace}:{operation.Request.Name}.");

    static Failure NoOperation(string key) => Unreadable(
        $"There is no operation '{key}'. The routing key must be one of: "
            + $"{string.Join(", ", OperationCatalog.All.Select(operation => operation.Name))}.");

    static Failure Unreadable(string message) =>
        new(FailureKind.Permanent, FailureCodes.Unreadable, message, Remedy.Sender);
}
