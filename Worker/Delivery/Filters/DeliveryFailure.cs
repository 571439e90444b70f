using System.Runtime.Serialization;
using System.Text.Json;
using MassTransit;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Bodies;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Jobs;
using OpenAIWorker.Operations;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Delivery.Filters;

/// <summary>The failure of a delivery that no consumer could handle.</summary>
static class DeliveryFailure
{
    public static Failure Of(Exception fault, ReceiveContext context, string operation) =>
        IsUnreadable(fault) ? Unreadable(fault, context, operation) : Bug(fault);

    /// <summary>A bug of the worker.</summary>
    public static Failure Bug(Exception fault)
    {
        var causes = string.Join(": ",
            BrokerFaults.Causes(fault).Select(cause => $"{cause.GetType().Name}: {cause.Message}"));
        return new(FailureKind.Transient, FailureCodes.WorkerError,
            $"The worker failed because of this job: {causes} Report it, and send the job again.", Remedy.Operator);
    }

    static bool IsUnreadable(Exception fault) =>
        BrokerFaults.Causes(fault).Any(cause => cause is SerializationException or JsonException);

    static Failure Unreadable(Exception fault, ReceiveContext context, string operation)
    {
        var json = BrokerFaults.Causes(fault).OfType<JsonException>().FirstOrDefault();
        if (UnreadableRequest.Of(context).Request is { } known)
            return json is null
                ? Failure.Invalid("", $"The request does not fit its contract: {fault.Message}")
                : Misfit.Of(json, known, OperationCatalog.Named(operation));
        var why = json is null ? fault.Message : JobText.Fault(json, PlainBody.Of(context).Bytes);
        return PlainBody.Unreadable($"The body is not a JSON object: {why}");
    }
}
