using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Endpoints;
using OpenAIWorker.Delivery.Lanes;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Settlement;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Limits;

namespace OpenAIWorker.Delivery.Admission;

/// <summary>Gets a job its turn within the limits, or sees to it that the job waits where it stands in nobody's way.</summary>
sealed class Turns(
    RateLimiter limiter, LaneRouter lanes, JobEnd end, IHostApplicationLifetime host, IOptionsMonitor<LimitsOptions> limits, IOptions<DeliveryOptions> delivery)
{
    // Of the places of a queue, so many may be taken by jobs that wait for one limit; the others are for jobs that need not wait.
    const int PartOfPlaces = 8;

    /// <summary>Null: the job waits in the broker, or has ended, and this delivery is done with.</summary>
    public async Task<Turn?> For<T>(ConsumeContext<T> context, Job job, JobLife life, string? model) where T : class
    {
        var key = limiter.KeyOf(job.Request, model);
        if (limiter.NeverFits(key, job.Request) is { } failure)
        {
            await end.Fail(context.ReceiveContext, job, failure);
            return null;
        }
        // Not in a lane, where it would stand before jobs of other tiers.
        if (limiter.FlexPause(key, job.Request) is { Ticks: > 0 } pause)
        {
            await end.Queue(context, job, null, pause);
            return null;
        }
        var queue = QueueNames.QueueOf(context.ReceiveContext);
        return QueueNames.IsLane(queue) ? await InLane(context, job, life, key, queue) : await InQueue(context, job, life, key);
    }

    /// <summary>The job's credential is paused: the job waits in its lane, which is left in the broker until the pause is over.</summary>
    public Task Wait<T>(ConsumeContext<T> context, Job job, string? model, Pause pause) where T : class =>
        lanes.Hold(context, job, limiter.KeyOf(job.Request, model), pause);

    async Task<Turn?> InQueue<T>(ConsumeContext<T> context, Job job, JobLife life, LimitKey key) where T : class
    {
        // Whoever waits in the lane came first; where nothing holds them back, they are in nobody's way.
        var lane = limiter.IsLimited(key) ? lanes.NameFor(job, key) : null;
        var isBehind = lane is not null && lanes.HasJobs(lane);
        if (!isBehind && await Wait(context, job, life, key, limits.CurrentValue.MaxHold, delivery.Value.Concurrency / PartOfPlaces) is { } turn)
            return turn;
        await lanes.Send(context, job, key, lane ?? lanes.NameFor(job, key));
        return null;
    }

    async Task<Turn?> InLane<T>(ConsumeContext<T> context, Job job, JobLife life, LimitKey key, string lane) where T : class
    {
        using var here = lanes.Enter(lane);
        lanes.Seen(lane, job, key);
        if (await Wait(context, job, life, key, LaneRouter.Patience, int.MaxValue) is { } turn)
        {
            lanes.Served(lane);
            return turn;
        }
        var ahead = limiter.Ahead(key, job.Request);
        lanes.Rest(lane, ahead);
        await end.Queue(context, job, null, ahead);
        return null;
    }

    // A stopping worker gives back at once what has not begun.
    Task<Turn?> Wait<T>(ConsumeContext<T> context, Job job, JobLife life, LimitKey key, TimeSpan patience, int company) where T : class =>
        limiter.Wait(key, job.Request, patience, company, () => life.End, context.CancellationToken, host.ApplicationStopping);
}
