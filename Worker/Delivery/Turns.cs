using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenAIWorker.Limits;

namespace OpenAIWorker.Delivery;

/// <summary>Gets a job its turn within the limits, or sees to it that the job waits where it stands in nobody's way.</summary>
sealed class Turns(
    RateLimiter limiter, Lanes lanes, JobEnd end, IHostApplicationLifetime host, IOptions<LimitsOptions> limits, IOptions<DeliveryOptions> delivery)
{
    // Of the places of a queue, so many may be taken by jobs that wait for one limit; the others are for jobs that need not wait.
    const int PartOfPlaces = 8;

    /// <summary>Null: the job waits in the broker, or has ended, and this delivery is done with.</summary>
    public async Task<Turn?> For<T>(ConsumeContext<T> context, Job job, string? model) where T : class
    {
        var key = limiter.KeyOf(job.Request, model);
        if (limiter.NeverFits(key, job.Request) is { } failure)
        {
            await end.Fail(context.ReceiveContext, job, failure);
            return null;
        }
        var queue = context.ReceiveContext.InputAddress.AbsolutePath.Split('/')[^1];
        // A stopping worker gives back at once what has not begun.
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, host.ApplicationStopping);
        return Topology.IsLane(queue)
            ? await InLane(context, job, key, queue, leaving.Token)
            : await InQueue(context, job, key, leaving.Token);
    }

    async Task<Turn?> InQueue<T>(ConsumeContext<T> context, Job job, LimitKey key, CancellationToken leaving) where T : class
    {
        var lane = lanes.NameFor(job, key);
        // Whoever waits in the lane came first; where nothing holds them back, they are in nobody's way.
        if (!(lanes.HasJobs(lane) && limiter.IsLimited(key)) && await limiter.Wait(key, job.Request, limits.Value.MaxHold, delivery.Value.Concurrency / PartOfPlaces, leaving) is { } turn)
            return turn;
        await lanes.Send(context, job, key, lane);
        return null;
    }

    async Task<Turn?> InLane<T>(ConsumeContext<T> context, Job job, LimitKey key, string lane, CancellationToken leaving) where T : class
    {
        using var here = lanes.Enter(lane);
        if (await limiter.Wait(key, job.Request, Lanes.Patience, int.MaxValue, leaving) is { } turn)
            return turn;
        var ahead = limiter.Ahead(key, job.Request);
        lanes.Rest(lane, ahead);
        await end.Queue(context, job, null, ahead);
        return null;
    }
}
