using System.Collections.Concurrent;
using MassTransit;
using MassTransit.Serialization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Lanes;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Topology;

namespace OpenAIWorker.Delivery.Endpoints;

/// <summary>
/// Delivers the jobs of the embedded transport to their consumers. As messages they would be written, read and checked
/// again, which takes a third of a job's processor time. A job that waits is an object in memory.
/// </summary>
sealed class DirectJobs(EmbeddedLanes lanes, QueueNames topology, IOptions<DeliveryOptions> options,
    IHostApplicationLifetime host, TimeProvider clock) : IHostedService, IDisposable
{
    static readonly Uri Queues = new("loopback://localhost/");

    readonly ConcurrentDictionary<Type, Entrance> entrances = new();
    readonly CancellationTokenSource stopped = new();
    readonly TaskCompletionSource idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    Func<Type, (string Operation, IPipe<ReceiveContext> Pipe)>? connect;
    volatile bool isStopping;
    int running;

    /// <summary>Sets how a request reaches its consumer, which needs the bus and is created later.</summary>
    public void Use(Func<Type, (string Operation, IPipe<ReceiveContext> Pipe)> connector) => connect = connector;

    /// <summary>Delivers a new job. Returns before it is handled.</summary>
    /// <param name="job">The job.</param>
    /// <param name="headers">The headers of its message.</param>
    public void Deliver(JobRequest job, IEnumerable<KeyValuePair<string, object?>> headers) =>
        _ = Handle(Of(job, headers, null), null);

    /// <summary>Delivers a job again.</summary>
    /// <param name="job">The job.</param>
    /// <param name="headers">The headers of its message.</param>
    /// <param name="lane">The lane where it waits; null: its operation's queue.</param>
    /// <param name="delay">How long it waits before.</param>
    public void DeliverAgain(JobRequest job, IEnumerable<KeyValuePair<string, object?>> headers, string? lane,
        TimeSpan delay) => _ = Later(Of(job, headers, lane), lane, delay);

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

    DirectDelivery Of(JobRequest job, IEnumerable<KeyValuePair<string, object?>> headers, string? lane)
    {
        var queue = lane is null ? entrances.GetOrAdd(job.GetType(), Connect).Queue : new(Queues, lane);
        var delivery = new DirectDelivery(job, queue,
            new DictionarySendHeaders(new Dictionary<string, object?>(headers)), stopped.Token);
        // No other delivery is of the same message, so its body need not be written to recognise it.
        var id = NewId.NextGuid();
        delivery.GetOrAddPayload(() => new Delivered(id, id));
        return delivery;
    }

    Entrance Connect(Type request)
    {
        var (operation, pipe) = connect!(request);
        return new(new(Queues, topology.Queue(operation)), pipe);
    }

    // A job that still waits when the process stops is lost here; the next run sends it.
    async Task Later(DirectDelivery delivery, string? lane, TimeSpan delay)
    {
        // Also without a delay its last delivery ends first.
        await Task.Delay(delay > TimeSpan.Zero ? delay : TimeSpan.Zero, clock, host.ApplicationStopping)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        if (!host.ApplicationStopping.IsCancellationRequested)
            await Handle(delivery, lane);
    }

    async Task Handle(DirectDelivery delivery, string? lane)
    {
        Interlocked.Increment(ref running);
        try
        {
            var pipe = entrances.GetOrAdd(delivery.Job.GetType(), Connect).Pipe;
            await (lane is null ? pipe.Send(delivery) : lanes.Of(lane).Send(delivery, pipe));
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

    // The address of an operation's queue, and its consumer with what surrounds it.
    sealed record Entrance(Uri Queue, IPipe<ReceiveContext> Pipe);
}
