using OpenAIWorker.Jobs;

namespace OpenAIWorker.Delivery.Settlement;

/// <summary>What becomes of a job after a failure.</summary>
abstract record Verdict
{
    /// <summary>It waits in the broker and is taken up again.</summary>
    public sealed record TryAgain(TimeSpan Delay, bool CountsAsAttempt) : Verdict;

    /// <summary>It ends as <c>OperationFailed</c>.</summary>
    public sealed record GiveUp(Failure Failure) : Verdict;
}
