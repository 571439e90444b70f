using OpenAIWorker.Contracts;
using OpenAIWorker.Operations;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Delivery;

/// <summary>A failure as the world is told of it.</summary>
static class FailedEvent
{
    public static OperationFailed Of(Job job, Failure failure, Cost? cost, DateTimeOffset now) => new()
    {
        JobId = job.Id,
        Operation = job.Operation,
        Code = failure.Code,
        Kind = failure.Kind,
        Remedy = failure.Remedy,
        Message = failure.Message,
        Member = failure.Member,
        Attempts = job.Attempts,
        Waits = job.Waits,
        Model = OperationCatalog.Named(job.Operation)!.ModelOf(job.Request),
        Credential = job.Credential,
        Status = failure.Status,
        Error = failure.Error,
        RequestId = failure.RequestId,
        Text = failure.Text,
        Usage = job.Spent,
        Cost = cost,
        FirstSeen = job.FirstSeen,
        FailedAt = now,
        Metadata = job.Request.Metadata,
    };
}
