using MassTransit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Limits;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Delivery.DeadLetters;

/// <summary>Puts the message of a failed job into its operation's dead-letter queue.</summary>
sealed partial class DeadLetterKeeper(
    ITransport transport, EventSending sending, DeliveryMemory memory, BrokerFaults faults, RateLimiter limiter,
    IOptions<DeliveryOptions> options, ILogger<DeadLetterKeeper> logger)
{
    readonly Log log = new(logger);

    /// <summary>
    /// Keeps the message once, even if publishing its ending failed before, in this delivery or in an earlier one.
    /// </summary>
    public async Task Keep(ReceiveContext context, OperationFailed failed)
    {
        var delivered = Delivered.Of(context);
        delivered.HasLetter = delivered.HasLetter || context.Redelivered && memory.TakeLetter(delivered)
            || await Write(context, failed);
    }

    // Whether it is kept. The job's failure is published in any case.
    async Task<bool> Write(ReceiveContext context, OperationFailed failed)
    {
        try
        {
            await sending.DeadLetter(failed.Operation,
                () => transport.DeadLetter(context, failed, limiter.TenantOf(failed.Metadata)));
            return true;
        }
        // A full dead-letter queue is waited for, but only for some time.
        catch (Exception fault) when (!faults.Explain(context, fault)
            || BrokerFaults.IsRefusal(fault) && transport.IsOpen(context)
            && transport.Describe(context).Deliveries > options.Value.MaxDeliveries)
        {
            log.NotKept(PlainText.Name(failed.JobId), failed.Operation, fault.GetType().Name,
                PlainText.Name(fault.Message));
            return false;
        }
    }

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(7, LogLevel.Critical,
            "Job {JobId}: {Operation} failed, and its message could not be kept as a dead letter: {Fault}: {Reason}")]
        public partial void NotKept(string jobId, string operation, string fault, string reason);
    }
}
