using OpenAIWorker.Storage.Api;

namespace OpenAIWorker.Web.OpenAI.Batches;

/// <summary>
/// How long to wait for jobs that were told to end, because of their deadline or because the batch is cancelled.
/// </summary>
static class BatchPatience
{
    // Running calls may continue for this time, because they are paid for.
    static readonly TimeSpan WithRunning = TimeSpan.FromMinutes(30);
    static readonly TimeSpan WithCancelled = TimeSpan.FromMinutes(10);

    // Waiting jobs end within seconds. One that no worker has seen yet ends when it is delivered.
    static readonly TimeSpan WithWaiting = TimeSpan.FromMinutes(1);
    static readonly TimeSpan WithCalledOff = TimeSpan.FromSeconds(5);

    /// <summary>Whether to stop waiting and to report the remaining lines as not ended.</summary>
    /// <param name="batch">Their batch.</param>
    /// <param name="calledOff">When the jobs were told to end; null: they were not.</param>
    /// <param name="isAnyRunning">Whether a worker runs one of them.</param>
    /// <param name="now">The time.</param>
    public static bool IsOver(ApiBatch batch, DateTimeOffset? calledOff, bool isAnyRunning, DateTimeOffset now) =>
        calledOff is { } since && now - since > (isAnyRunning ? WithCancelled : WithCalledOff)
        || now - batch.ExpiresAt > (isAnyRunning ? WithRunning : WithWaiting);
}
