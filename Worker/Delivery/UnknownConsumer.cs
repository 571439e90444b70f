using MassTransit;
using OpenAIWorker.Contracts;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Delivery;

/// <summary>Ends the jobs whose routing key is no operation.</summary>
sealed class UnknownConsumer(JobEnd end, ITransport transport, TimeProvider clock) : IConsumer<AnyRequest>
{
    /// <summary>The operation that their events carry.</summary>
    public const string Operation = "unknown";

    public Task Consume(ConsumeContext<AnyRequest> context)
    {
        var (received, known) = (transport.Describe(context.ReceiveContext), KnownMembers.Of(context.ReceiveContext.GetBody()));
        return end.Fail(context.ReceiveContext, new OperationFailed
        {
            JobId = known.JobId ?? received.MessageId ?? "",
            Operation = Operation,
            Code = FailureCodes.Unreadable,
            Kind = FailureKind.Permanent,
            Remedy = Remedy.Sender,
            Message = $"There is no operation '{received.RoutingKey}'. The routing key must be one of: {string.Join(", ", OperationCatalog.All.Select(operation => operation.Name))}.",
            Model = known.Model,
            FirstSeen = clock.GetUtcNow(),
            FailedAt = clock.GetUtcNow(),
        });
    }
}

/// <summary>A request of no known type.</summary>
sealed record AnyRequest;
