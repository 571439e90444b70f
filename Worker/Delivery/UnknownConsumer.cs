using MassTransit;
using OpenAIWorker.Contracts;
using OpenAIWorker.Operations;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Delivery;

/// <summary>Ends the jobs whose routing key is no operation.</summary>
sealed class UnknownConsumer(JobEnd end, ITransport transport, TimeProvider clock) : IConsumer<AnyRequest>
{
    /// <summary>The operation that their events carry.</summary>
    public const string Operation = "unknown";

    public Task Consume(ConsumeContext<AnyRequest> context)
    {
        var (delivery, now) = (context.ReceiveContext, clock.GetUtcNow());
        var received = transport.Describe(delivery);
        var failure = new Failure(FailureKind.Permanent, FailureCodes.Unreadable,
            $"There is no operation '{received.RoutingKey}'. The routing key must be one of: {string.Join(", ", OperationCatalog.All.Select(operation => operation.Name))}.",
            Remedy.Sender);
        return end.Fail(delivery, KnownMembers.Of(delivery.GetBody()).Failed(Operation, failure, received, JobHeaders.Read(delivery.TransportHeaders, now), now));
    }
}

/// <summary>A request of no known type.</summary>
sealed record AnyRequest;
