using MassTransit;
using Microsoft.Extensions.Hosting;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Settlement;

namespace OpenAIWorker.Delivery.Admission;

/// <summary>
/// Where jobs are admitted to their calls. The first gate that does not let a job pass decides what becomes of it.
/// </summary>
sealed class Gates(IEnumerable<IJobGate> gates, JobCalls calls, IHostApplicationLifetime host)
{
    readonly IJobGate[] gates = [.. gates];

    public async ValueTask<Verdict> Ask(ReceiveContext context, Job job)
    {
        // A stopping worker begins nothing; what it has begun already is joined.
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
        // A job whose time ends while it waits takes no turn.
        catch (OperationCanceledException)
            when (!arrival.Cancellation.IsCancellationRequested && arrival.Life?.Over is not null)
        {
            return new Verdict.GiveUp(arrival.Life.Over!);
        }
    }
}
