using OpenAIWorker.Storage.Api;

namespace OpenAIWorker.Web.OpenAI.Batches;

/// <summary>
/// How long is waited for jobs that were told to end: by their deadline, or because the batch is cancelled.
/// </summary>
static class BatchPatience
{
    // Calls that run may go on for as long as that: they are paid.
    static readonly TimeSpan WithRunning = TimeSpan.FromMinutes(30);
    static readonly TimeSpan WithCancelled = TimeSpan.FromMinutes(10);

    // Waiting jobs end within seconds. One that no worker has seen yet ends when it comes up.
    static readonly TimeSpan WithWaiting = TimeSpan.FromMinutes(1);
    static readonly TimeSpan WithCalledOff = TimeSpan.FromSeconds(5);

    /// <summary>Whether those that have not ended are told of as they are.</summary>
    /// <param name="batch">Their batch.</param>
    /// <param name="calledOff">When they were called off; null: they were not.</param>
    /// <param name="isAnyRunning">Whether a worker is at one of them.</param>
    /// <param name="now">The time.</param>
    public static bool IsOver(ApiBatch batch, DateTimeOffset? calledOff, bool isAnyRunning, DateTimeOffset now) =>
        calledOff is { } since && now - since > (isAnyRunning ? WithCancelled : WithCalledOff)
        || now - batch.ExpiresAt > (isAnyRunning ? WithRunning : WithWaiting);
}
