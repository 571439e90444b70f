using OpenAIWorker.Delivery.Cancelling;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Credentials;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Jobs;
using OpenAIWorker.Limits;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Delivery.Settlement;

/// <summary>
/// What happens to a job next. <see cref="Gates"/> and <see cref="OutcomeJudge"/> decide, <see cref="JobSettlement"/>
/// carries it out.
/// </summary>
abstract record Verdict
{
    /// <summary>It is called, or joins the call that runs or has run.</summary>
    /// <param name="Lease">Its permission to call within the limits; null if it needs none.</param>
    /// <param name="Trial">Set if its call decides whether a paused credential works again.</param>
    public sealed record Call(RateLimitLease? Lease, Trial? Trial) : Verdict
    {
        /// <summary>
        /// The call that it joins; null if none was there. Who has seen it has passed no further gate, so it must not
        /// make a call of its own when this one is forgotten meanwhile.
        /// </summary>
        public Task<Outcome>? AtHand { get; init; }

        public static Call? Joining(Task<Outcome>? call) => call is null ? null : new(null, null) { AtHand = call };
    }

    /// <summary>It ends with its result.</summary>
    public sealed record Complete(Outcome Outcome) : Verdict;

    /// <summary>It was called, and its next step is due now or later.</summary>
    public sealed record Continue(Suspension Next) : Verdict;

    /// <summary>It ends as <c>OperationFailed</c>, and the provider's work for it is ended.</summary>
    public sealed record GiveUp(Failure Failure) : Verdict;

    /// <summary>
    /// It ends as <c>OperationFailed</c> without a call: the call is not allowed, or something failed.
    /// </summary>
    public sealed record Refuse(Failure Failure) : Verdict;

    /// <summary>
    /// It was cancelled, or its time ended, while it waited in the broker. Its ending may already be published.
    /// </summary>
    public sealed record CallOff(Failure Failure, CalledOff At) : Verdict;

    /// <summary>Its attempt failed: it waits in the delay ladder and is delivered again.</summary>
    public sealed record TryAgain(Failure Failure, TimeSpan Delay, bool CountsAsAttempt) : Verdict;

    /// <summary>It was not called, and waits in the delay ladder.</summary>
    /// <param name="Due">Until when.</param>
    /// <param name="Code">Why, as <c>OperationDelayed</c> names it.</param>
    /// <param name="Reason">Why, as a sentence.</param>
    public sealed record Wait(DateTimeOffset Due, string Code, string Reason) : Verdict
    {
        /// <summary>How much earlier the job comes up. It waits for the rest in memory.</summary>
        public TimeSpan Early { get; init; }
    }

    /// <summary>It was not called, and waits in a lane.</summary>
    /// <param name="Limit">The limit that it waits for.</param>
    /// <param name="Lane">The lane's name. If no more lanes may be created, the jobs of an operation share one.</param>
    /// <param name="Pause">The pause of its credential, until whose end the lane is not consumed; null if it waits only
    /// for the limit.</param>
    public sealed record Queue(LimitKey Limit, string Lane, CredentialPause? Pause = null) : Verdict;

    /// <summary>It has ended before: it is answered with that ending.</summary>
    public sealed record Answer(ClaimAnswer.Ended Ended) : Verdict;

    /// <summary>Another worker or another delivery runs it: this delivery returns a little later.</summary>
    public sealed record Yield(TimeSpan Delay) : Verdict;

    /// <summary>It returns to its lane, which is not consumed now.</summary>
    public sealed record GiveBack(string Lane) : Verdict;
}
