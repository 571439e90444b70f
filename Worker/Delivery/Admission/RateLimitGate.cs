using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Lanes;
using OpenAIWorker.Delivery.Settlement;
using OpenAIWorker.Limits;

namespace OpenAIWorker.Delivery.Admission;

/// <summary>
/// Gets a job permission to call within the limits, or lets it wait where it does not delay other jobs.
/// </summary>
sealed class RateLimitGate(
    RateLimiter limiter, LaneRouter router, WorkerLanes lanes, IHostApplicationLifetime host,
    IOptionsMonitor<LimitsOptions> limits, IOptions<DeliveryOptions> delivery,
    TimeProvider clock) : IJobGate
{
    // Jobs that wait for one limit may take this part of a queue's slots; the rest is for jobs that need not wait.
    const int PartOfPlaces = 8;

    public ValueTask<Verdict?> Ask(Arrival arrival)
    {
        var job = arrival.Job;
        if (!job.AsksModel)
            return default;
        var limit = limiter.KeyOf(job.Request, job.Model);
        if (limiter.NeverFits(limit, job.Request) is { } failure)
            return new(new Verdict.Refuse(failure));
        // Not in a lane, where it would delay jobs of other tiers.
        if (limiter.FlexPause(limit, job.Request) is { Ticks: > 0 } pause)
            return new(WaitFor(pause));
        return arrival.IsInLane ? InLane(arrival, limit) : InQueue(arrival, limit);
    }

    async ValueTask<Verdict?> InQueue(Arrival arrival, LimitKey limit)
    {
        // Jobs in the lane came first. Without a limit they are called at once, so there is no need to queue behind
        // them.
        var lane = limiter.IsLimited(limit) ? router.NameFor(arrival.Job, limit) : null;
        var isBehind = lane is not null && lanes.HasJobs(lane);
        if (!isBehind && await HasLease(arrival, limit, limits.CurrentValue.MaxHold,
            delivery.Value.Concurrency / PartOfPlaces))
            return null;
        return new Verdict.Queue(limit, lane ?? router.NameFor(arrival.Job, limit));
    }

    async ValueTask<Verdict?> InLane(Arrival arrival, LimitKey limit)
    {
        using var here = lanes.Enter(arrival.Queue);
        lanes.Seen(arrival.Queue, arrival.Job, limit);
        if (await HasLease(arrival, limit, WorkerLanes.Patience, int.MaxValue))
        {
            lanes.Served(arrival.Queue);
            return null;
        }
        var ahead = limiter.Ahead(limit, arrival.Job.Request);
        lanes.Rest(arrival.Queue, ahead);
        return WaitFor(ahead);
    }

    // A stopping worker returns jobs at once if their calls have not begun.
    async ValueTask<bool> HasLease(Arrival arrival, LimitKey limit, TimeSpan patience, int company)
    {
        arrival.Lease = await limiter.Wait(limit, arrival.Job.Request, patience, company, arrival.Life?.Ending,
            arrival.Cancellation, host.ApplicationStopping);
        return arrival.Lease is not null;
    }

    Verdict.Wait WaitFor(TimeSpan time) => new(clock.GetUtcNow() + time, FailureCodes.RateLimited, WaitReasons.Limited);
}
