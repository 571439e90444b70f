using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Credentials;
using OpenAIWorker.Delivery.Messages;

namespace OpenAIWorker.Delivery.Settlement;

/// <summary>Decides the verdict on a job after its call.</summary>
sealed class OutcomeJudge(CredentialHold hold, IOptions<DeliveryOptions> options, TimeProvider clock)
{
    /// <param name="job">The job, after its call.</param>
    /// <param name="outcome">The outcome of the call.</param>
    /// <param name="trial">Set if the call decides whether a paused credential works again.</param>
    public async ValueTask<Verdict> Judge(Job job, Outcome outcome, Trial? trial)
    {
        var failure = await hold.Settle(job, outcome, trial);
        if (outcome.Result is not null)
            return new Verdict.Complete(outcome);
        if (outcome.Suspension is { } next)
            return RedeliveryPolicy.Overdue(next, job, clock.GetUtcNow(), options.Value) is { } over
                ? new Verdict.GiveUp(over)
                : new Verdict.Continue(next);
        return RedeliveryPolicy.Judge(failure!, job, clock.GetUtcNow(), Random.Shared.NextDouble(), options.Value);
    }
}
