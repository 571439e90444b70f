using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Cancelling;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Settlement;

namespace OpenAIWorker.Delivery.Admission;

/// <summary>Stops jobs that were cancelled, and those that ended while they waited in the broker.</summary>
sealed class CancelledGate(
    JobCalls calls, WaitingJobs waiting, CancelledJobs cancelled, IOptions<DeliveryOptions> options) : IJobGate
{
    public async ValueTask<Verdict?> Ask(Arrival arrival)
    {
        var job = arrival.Job;
        if (!calls.HasBegun(job) && await waiting.Take(arrival.Context, job, arrival.Cancellation) is { } wait)
            // Another worker may have seen the end of its time, even if this worker's clock is behind.
            return new Verdict.CallOff(cancelled.Contains(job)
                ? JobLife.Cancellation
                : RedeliveryPolicy.AtEnd(job, options.Value), wait);
        return cancelled.Contains(job) ? new Verdict.GiveUp(JobLife.Cancellation) : null;
    }
}
