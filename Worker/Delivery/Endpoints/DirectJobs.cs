using System.Collections.Concurrent;
using MassTransit;
using MassTransit.Serialization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Messages;

namespace OpenAIWorker.Delivery.Endpoints;

/// <summary>
/// Delivers the jobs of the embedded transport's own client. As messages they would be written, read and checked again,
/// which takes a fifth of a job's processor time. A job that waits becomes a message, and the bus delivers it again.
/// </summary>
sealed class DirectJobs(IOptions<DeliveryOptions> options, TimeProvider clock) : IHostedService, IDisposable
{
    readonly ConcurrentDictionary<Type, Entrance> entrances = new();
    readonly CancellationTokenSource stopped = new();
    readonly TaskCompletionSource idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    Func<Type, Entrance>? entranceOf;
    volatile bool isStopping;
    int running;

    /// <summary>Sets how a request reaches its consumer on the bus, which is created later.</summary>
    public void Use(Func<Type, Entrance> entrance) => entranceOf = entrance;

    /// <summary>Delivers a job. Returns before it is handled.</summary>
    public void Deliver(JobRequest job, IEnumerable<KeyValuePair<string, object?>> headers)
    {
        var (queue, bus, pipe) = entrances.GetOrAdd(job.GetType(), entranceOf!);
        var given = new DictionarySendHeaders(new Dictionary<string, object?>(headers));
        var delivery = new DirectDelivery(job, queue, given, bus, stopped.Token);
        // No other delivery is of the same message, so its body need not be written to recognise it.
        var id = NewId.NextGuid();
        delivery.GetOrAddPayload(() => new Delivered(id, id));
        Interlocked.Increment(ref running);
        _ = Handle(delivery, pipe);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Waits for running calls. Jobs whose calls have not begun leave by themselves.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        isStopping = true;
        EndIfIdle();
        await idle.Task.WaitAsync(options.Value.StopTimeout, clock, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await stopped.CancelAsync();
    }

    public void Dispose() => stopped.Dispose();

    async Task Handle(DirectDelivery delivery, IPipe<ReceiveContext> pipe)
    {
        try
        {
            await pipe.Send(delivery);
        }
        catch (Exception)
        {
            // The guard has logged why the job is given back; here no broker takes it, and the next run sends it.
        }
        Interlocked.Decrement(ref running);
        EndIfIdle();
    }

    void EndIfIdle()
    {
        if (isStopping && Volatile.Read(ref running) == 0)
            idle.TrySetResult();
    }

    /// <summary>How jobs reach the consumer of their operation.</summary>
    /// <param name="Queue">The address of the operation's queue.</param>
    /// <param name="Bus">The bus.</param>
    /// <param name="Pipe">The consumer, and what surrounds it.</param>
    public sealed record Entrance(Uri Queue, IBus Bus, IPipe<ReceiveContext> Pipe);
}
