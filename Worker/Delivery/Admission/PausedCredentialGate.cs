using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Credentials;
using OpenAIWorker.Delivery.Lanes;
using OpenAIWorker.Delivery.Settlement;
using OpenAIWorker.Limits;

namespace OpenAIWorker.Delivery.Admission;

/// <summary>
/// Lets the jobs of a paused credential wait in their lanes, which are not consumed until the pause ends. So they
/// occupy no slots, and keep their order.
/// </summary>
sealed class PausedCredentialGate(CredentialHold hold, RateLimiter limiter, LaneRouter router, WorkerLanes lanes,
    DelayNews news, IOptions<DeliveryOptions> options, TimeProvider clock) : IJobGate
{
    public async ValueTask<Verdict?> Ask(Arrival arrival)
    {
        var job = arrival.Job;
        var passage = await hold.Enter(job, job.AsksModel && job.Model is not null, mayHold: !arrival.IsInLane,
            arrival.Life, pause => news.Tell(arrival.Context, job, DueAfter(pause), job.Again,
                WaitCodes.CredentialPaused, WaitReasons.Paused), arrival.Cancellation);
        arrival.Try(passage.Trial);
        return passage.Closed is { } pause ? Waiting(arrival, pause) : null;
    }

    Verdict Waiting(Arrival arrival, CredentialPause pause)
    {
        if (arrival.IsInLane && lanes.Rest(arrival.Queue, pause))
            return new Verdict.GiveBack(arrival.Queue);
        var limit = limiter.KeyOf(arrival.Job.Request, arrival.Job.Model);
        var own = router.NameFor(arrival.Job, limit);
        // A shared lane has jobs of other credentials too, so it is not stopped.
        return arrival.IsInLane || !lanes.Admit(own)
            ? new Verdict.Wait(DueAfter(pause), WaitCodes.CredentialPaused, WaitReasons.Paused)
            : new Verdict.Queue(limit, own, pause);
    }

    DateTimeOffset DueAfter(CredentialPause pause) =>
        clock.GetUtcNow() is var now && pause.NextProbe > now ? pause.NextProbe : now + options.Value.ProbeInterval;
}
