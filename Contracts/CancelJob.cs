namespace OpenAIWorker.Contracts;

/// <summary>
/// Gives up a job: one that waits ends as <see cref="OperationFailed"/> with <see cref="FailureCodes.Cancelled"/>
/// within seconds, or when it comes up, and a call that runs is aborted (and may be billed). An unknown job, or one
/// that has ended, is not touched. Remembered for a day.
/// </summary>
public sealed record CancelJob
{
    /// <summary>The job, as its request named it.</summary>
    public required string JobId { get; init; }
}
