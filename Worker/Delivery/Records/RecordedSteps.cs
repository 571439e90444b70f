using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Settlement;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Delivery.Records;

/// <summary>The steps for the record of a job that waits.</summary>
static class RecordedSteps
{
    public static JobStep Wait(Job job, string code, string? reason, DateTimeOffset until) =>
        new(JobStep.Wait, code, reason) { Until = until, Attempts = job.Attempts - 1, Waits = job.Waits + 1 };

    /// <summary>The failed attempt, if it was one, and the wait that follows.</summary>
    public static IReadOnlyList<JobStep> After(Job job, Verdict.TryAgain again, string reason, DateTimeOffset now)
    {
        var wait = Wait(job, again.Failure.Code, reason, now + again.Delay) with
        {
            Attempts = again.CountsAsAttempt ? job.Attempts : job.Attempts - 1
        };
        return again.CountsAsAttempt ? [new(JobStep.Attempt, again.Failure.Code, reason), wait] : [wait];
    }
}
