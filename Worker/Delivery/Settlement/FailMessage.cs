using MassTransit;
using OpenAIWorker.Delivery.Bodies;
using OpenAIWorker.Delivery.Cancelling;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Records;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Delivery.Settlement;

/// <summary>
/// Ends the job of a message that is not a valid request, with the information that the message shows.
/// </summary>
sealed class FailMessage(
    FailJob failing, WaitingJobs waiting, JobRecords records, ITransport transport, QueueNames topology,
    TimeProvider clock)
{
    /// <summary>The operation that the message is for.</summary>
    public string OperationOf(ReceiveContext context) => topology.OperationOf(context, transport.Describe(context));

    public async Task Fail(ReceiveContext context, Failure failure)
    {
        var operation = OperationOf(context);
        PlainBody.Open(context, operation);
        var (known, received, now) = (UnreadableRequest.Of(context), transport.Describe(context), clock.GetUtcNow());
        var id = known.IdOf(received);
        var headers = transport.HeadersOf(context, operation, id, now);
        var failed = known.Failed(operation, failure, id, headers, now);
        records.Note(context, known, failed);
        await failing.Fail(context, failed);
        waiting.Forget(context, operation, id, headers);
    }

    /// <summary>The same without reading the message, because that may crash the worker.</summary>
    public Task FailUnread(ReceiveContext context, Failure failure)
    {
        var (nothing, now) = (new UnreadableRequest(null), clock.GetUtcNow());
        return failing.Fail(context,
            nothing.Failed(OperationOf(context), failure, nothing.IdOf(transport.Describe(context)),
                JobHeaders.New(now), now));
    }
}
