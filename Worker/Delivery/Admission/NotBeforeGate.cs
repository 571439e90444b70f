using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Settlement;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Delivery.Admission;

/// <summary>
/// Lets jobs wait until their <c>notBefore</c>. The delay ladder returns them a little earlier, and they wait here for
/// the rest. So the broker has already moved jobs that are due together when their time comes.
/// </summary>
sealed class NotBeforeGate(IOptions<DeliveryOptions> options, IHostApplicationLifetime host, TimeProvider clock)
    : IJobGate
{
    // One second for the ladder, which rounds up.
    static readonly TimeSpan Early = TimeSpan.FromSeconds(2);

    static readonly TimeSpan OneMoment = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan TimerGrain = TimeSpan.FromMilliseconds(1);

    readonly Lock guard = new();
    readonly SortedSet<(DateTimeOffset Due, long Number)> held = [];
    long number;

    public ValueTask<Verdict?> Ask(Arrival arrival)
    {
        if (arrival.Job.Request.NotBefore is not { } due || due <= clock.GetUtcNow())
            return default;
        if (due > arrival.Job.Request.Deadline)
            return new(new Verdict.Refuse(RedeliveryPolicy.NeverDue(arrival.Job)));
        return arrival.Job.Waits > 0 && Left(due) <= Early && Hold(due) is { } place
            ? Wait(arrival, place)
            : new(Later(due));
    }

    async ValueTask<Verdict?> Wait(Arrival arrival, (DateTimeOffset Due, long Number) place)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(arrival.Cancellation,
            host.ApplicationStopping);
        try
        {
            while (Left(place.Due) is { Ticks: > 0 } left)
            {
                // The clock was set back.
                if (left > Early)
                    return Later(place.Due);
                await Task.Delay(left + TimerGrain, clock, ending.Token);
            }
            return null;
        }
        finally
        {
            lock (guard)
                held.Remove(place);
        }
    }

    // Half of the slots stay free for jobs that are due earlier. Jobs that are due at the same moment do not delay each
    // other.
    (DateTimeOffset Due, long Number)? Hold(DateTimeOffset due)
    {
        lock (guard)
        {
            if (held.Count >= Math.Max(1, options.Value.Concurrency / 2) && due - held.Min.Due > OneMoment)
                return null;
            var place = (due, ++number);
            held.Add(place);
            return place;
        }
    }

    Verdict.Wait Later(DateTimeOffset due) =>
        new(due, WaitCodes.NotBefore, $"The job waits until its notBefore, {MomentText.Of(due)}.")
        {
            Early = Left(due) > Early ? Early : TimeSpan.Zero
        };

    TimeSpan Left(DateTimeOffset due) => due - clock.GetUtcNow();
}
