using MassTransit;
using Microsoft.Extensions.Hosting;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Records;
using OpenAIWorker.Delivery.Settlement;

namespace OpenAIWorker.Delivery.Admission;

/// <summary>Admits jobs to their calls. The first gate that does not let a job pass decides its verdict.</summary>
sealed class Gates(IEnumerable<IJobGate> gates, JobCalls calls, JobRecords records, IHostApplicationLifetime host)
{
    readonly IJobGate[] gates = [.. gates];

    public async ValueTask<Verdict> Ask(ReceiveContext context, Job job)
    {
        // A stopping worker starts no calls; jobs join calls that are already running.
        if (!calls.HasBegun(job))
            host.ApplicationStopping.ThrowIfCancellationRequested();
        using var arrival = new Arrival(context, job);
        try
        {
            foreach (var gate in gates)
            {
                if (await gate.Ask(arrival) is { } verdict)
                    return verdict;
            }
            return arrival.Pass();
        }
        // A job whose time ends while it waits uses no capacity.
        catch (OperationCanceledException)
            when (!arrival.Cancellation.IsCancellationRequested && arrival.Life?.Over is not null)
        {
            return new Verdict.GiveUp(arrival.Life.Over!);
        }
    }

    /// <summary>The job as it was admitted: with progress that its message may lack.</summary>
    public static Job Admitted(ReceiveContext context, Job job) => HeldJobs.Of(context)?.Job ?? job;

    /// <summary>The delivery is over. Its call may still run; then its end releases the job.</summary>
    public void Leave(ReceiveContext context)
    {
        if (HeldJobs.Of(context) is { } mine && !calls.IsRunning(mine.Job))
            records.Held.Leave(mine);
    }
}
