using OpenAIWorker.Delivery.Admission;
using OpenAIWorker.Delivery.Cancelling;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Jobs;
using OpenAIWorker.Limits;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Delivery.Settlement;

/// <summary>
/// What becomes of a job. <see cref="Gates"/> and <see cref="OutcomeJudge"/> say it, <see cref="JobSettlement"/> does
/// it.
/// </summary>
abstract record Verdict
{
    /// <summary>It is called, or joins the call that runs or has run.</summary>
    /// <param name="Lease">Its permission to call within the limits; null where it needs none.</param>
    /// <param name="Trial">Set where its call decides whether a paused credential works again.</param>
    public sealed record Call(RateLimitLease? Lease, Trial? Trial) : Verdict
    {
        public static readonly Call AtHand = new(null, null);
    }

    /// <summary>It ends with its result.</summary>
    public sealed record Complete(Outcome Outcome) : Verdict;

    /// <summary>It has called, and its next step is due now or later.</summary>
    public sealed record Continue(Suspension Next) : Verdict;

    /// <summary>It ends as <c>OperationFailed</c>, and so does what the provider is still doing for it.</summary>
    public sealed record GiveUp(Failure Failure) : Verdict;

    /// <summary>It ends as <c>OperationFailed</c> without a call: it may not be called, or something broke.</summary>
    public sealed record Refuse(Failure Failure) : Verdict;

    /// <summary>
    /// It was cancelled, or its time was over, while it waited in the broker. Its ending may have been told already.
    /// </summary>
    public sealed record CallOff(Failure Failure, CalledOff At) : Verdict;

    /// <summary>Its attempt failed: it waits in the delay ladder and is taken up again.</summary>
    public sealed record TryAgain(Failure Failure, TimeSpan Delay, bool CountsAsAttempt) : Verdict;

    /// <summary>It was not called, and waits in the delay ladder.</summary>
    /// <param name="Due">Until when.</param>
    /// <param name="Code">Why, as <c>OperationDelayed</c> names it.</param>
    /// <param name="Reason">Why, as a sentence.</param>
    public sealed record Wait(DateTimeOffset Due, string Code, string Reason) : Verdict;

    /// <summary>It was not called, and waits in a lane.</summary>
    /// <param name="Limit">The limit that it waits for.</param>
    /// <param name="Lane">The lane's name. Where there may be no more lanes, all of its operation share one.</param>
    /// <param name="Pause">The pause of its credential, until whose end the lane is not read; null where it waits for
    /// the limit alone.</param>
    public sealed record Queue(LimitKey Limit, string Lane, CredentialPause? Pause = null) : Verdict;

    /// <summary>It has ended before: it is answered by that ending.</summary>
    public sealed record Answer(ClaimAnswer.Ended Ended) : Verdict;

    /// <summary>Another worker or another delivery runs it: this delivery comes up again a little later.</summary>
    public sealed record Yield(TimeSpan Delay) : Verdict;

    /// <summary>It goes back to the lane that it came from, which is not read for now.</summary>
    public sealed record GiveBack(string Lane) : Verdict;
}
