using OpenAIWorker.Contracts;
using OpenAIWorker.Operations;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Delivery;

/// <summary>A failure as the world is told of it.</summary>
static class FailedEvent
{
    const int Longest = 256;

    /// <summary>Without what a sender or a provider may have made too large for a message.</summary>
    public static OperationFailed Short(OperationFailed failed) => failed with
    {
        JobId = Cut(failed.JobId),
        Message = Cut(failed.Message),
        Member = failed.Member is { } member ? Cut(member) : null,
        Model = failed.Model is { } model ? Cut(model) : null,
        Credential = failed.Credential is { } credential ? Cut(credential) : null,
        Error = null,
        Text = null,
        Metadata = null,
    };

    public static string Cut(string text) => Excerpt.Marked(text, Longest);

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
