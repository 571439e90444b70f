using MassTransit;

namespace OpenAIWorker.Delivery;

/// <summary>One lane as this worker sees it: its consumer, and when it last had a job.</summary>
sealed class Lane(LaneOpened opened, Func<LaneOpened, HostReceiveEndpointHandle> connect, TimeProvider clock)
{
    // The broker needs a moment to bring the next job.
    static readonly TimeSpan Empty = TimeSpan.FromSeconds(2);

    readonly Lazy<HostReceiveEndpointHandle> endpoint = new(() => connect(opened));
    long lastJob = clock.GetTimestamp();
    long lastAnnounced;
    int jobs;

    public LaneOpened Opened => opened;

    /// <summary>Whether jobs wait in it, so that later ones have to queue up behind them.</summary>
    public bool HasJobs => Volatile.Read(ref jobs) > 0 || Idle < Empty;

    public TimeSpan Idle => Volatile.Read(ref jobs) > 0 ? TimeSpan.Zero : clock.GetElapsedTime(Volatile.Read(ref lastJob));

    /// <summary>Completes when the queue is there and its jobs come here.</summary>
    public Task Connected => endpoint.Value.Ready;

    /// <summary>Whether it is time to tell the others again.</summary>
    public bool IsToBeAnnounced(TimeSpan every)
    {
        var last = Interlocked.Read(ref lastAnnounced);
        var now = clock.GetTimestamp();
        return (last == 0 || clock.GetElapsedTime(last, now) > every) && Interlocked.CompareExchange(ref lastAnnounced, now, last) == last;
    }

    /// <summary>A job of the lane is being dealt with, until what is returned is disposed.</summary>
    public IDisposable Enter()
    {
        Interlocked.Increment(ref jobs);
        return new Leave(this);
    }

    /// <summary>A job was put into it.</summary>
    public void Touch() => Volatile.Write(ref lastJob, clock.GetTimestamp());

    /// <summary>No more jobs come here; what waits stays in the broker.</summary>
    public Task Disconnect() => endpoint.Value.StopAsync();

    sealed class Leave(Lane lane) : IDisposable
    {
        public void Dispose()
        {
            lane.Touch();
            Interlocked.Decrement(ref lane.jobs);
        }
    }
}
