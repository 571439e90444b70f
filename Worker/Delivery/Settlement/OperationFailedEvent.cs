using OpenAIWorker.Contracts;
using OpenAIWorker.Costs;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Delivery.Settlement;

/// <summary>A failure as it is published.</summary>
static class OperationFailedEvent
{
    const int Longest = 256;

    /// <summary>The complete failure, and then shorter and shorter forms.</summary>
    public static IEnumerable<Func<OperationFailed>> Shorter(OperationFailed failed) =>
        [() => failed, () => Short(failed), () => Bare(failed)];

    // Its id, which the sender recognises, and its usage; everything else is the worker's own text.
    static OperationFailed Bare(OperationFailed failed) => new()
    {
        JobId = Cut(failed.JobId),
        Operation = failed.Operation,
        Code = failed.Code,
        Kind = failed.Kind,
        Remedy = failed.Remedy,
        Message = "The details of this failure cannot be written. The worker's log has the reason.",
        Attempts = failed.Attempts,
        Waits = failed.Waits,
        Usage = failed.Usage.Plausible(),
        FirstSeen = failed.FirstSeen,
        FailedAt = failed.FailedAt,
    };

    /// <summary>Without values that a sender or a provider may have made too large for a message.</summary>
    public static OperationFailed Short(OperationFailed failed) => failed with
    {
        JobId = Cut(failed.JobId),
        Message = Cut(failed.Message),
        Member = failed.Member is { } member ? Cut(member) : null,
        Model = failed.Model is { } model ? Cut(model) : null,
        Credential = failed.Credential is { } credential ? Cut(credential) : null,
        Error = null,
        Text = null,
        Files = failed.Files?.Where(file => file.Payload is not null).ToList(),
        OtherOutput = null,
        Metadata = null,
        Usage = failed.Usage.Plausible(),
        Cost = failed.Cost is { } cost && double.IsFinite((double)cost.Amount) ? cost : null,
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
        Model = job.Model,
        Credential = job.Credential,
        Status = failure.Status,
        Error = failure.Error,
        RequestId = failure.RequestId,
        Text = failure.Text,
        Files = job.State?.Earlier?.Files,
        OtherOutput = job.State?.Earlier?.Other,
        Usage = job.Spent,
        Cost = cost,
        FirstSeen = job.FirstSeen,
        FailedAt = now,
        Metadata = job.Request.Metadata,
    };
}
