using OpenAIWorker.Delivery.Credentials;

namespace OpenAIWorker.Delivery.Lanes;

/// <summary>One lane from this worker's view: its consumer, and when it last had a job.</summary>
sealed class Lane(LaneOpened opened, Func<LaneOpened, ILaneFeed> connect, TimeProvider clock)
{
    // The broker needs a moment to deliver the next job.
    static readonly TimeSpan Empty = TimeSpan.FromSeconds(2);

    // After this time it is checked again.
    static readonly TimeSpan LongestRest = TimeSpan.FromDays(1);

    readonly Lock guard = new();
    readonly HashSet<object> reasons = [];
    ILaneFeed? endpoint;
    long lastJob = clock.GetTimestamp();
    int prefetch;
    Task? declared;
    long lastAnnounced;
    int jobs;
    volatile bool isResting;
    TaskCompletionSource awake = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LaneOpened Opened => opened;

    /// <summary>The number of its turns for each turn of the others.</summary>
    public int Weight => Math.Clamp(opened.Weight, 1, 1000);

    /// <summary>Whether jobs wait in it, so that later ones must queue behind them.</summary>
    public bool HasJobs => Idle < Empty;

    public TimeSpan Idle =>
        Volatile.Read(ref jobs) > 0 || IsResting ? TimeSpan.Zero : clock.GetElapsedTime(Volatile.Read(ref lastJob));

    /// <summary>Whether its jobs are left in the broker for a time.</summary>
    public bool IsResting => isResting;

    /// <summary>Completes when its jobs are delivered here; at once while it is not consumed.</summary>
    public Task Ready
    {
        get
        {
            lock (guard)
                return endpoint?.Ready ?? Task.CompletedTask;
        }
    }

    /// <summary>Whether it is time to announce it to the others again.</summary>
    public bool IsToBeAnnounced(TimeSpan every)
    {
        var last = Interlocked.Read(ref lastAnnounced);
        var now = clock.GetTimestamp();
        return (last == 0 || clock.GetElapsedTime(last, now) > every)
            && Interlocked.CompareExchange(ref lastAnnounced, now, last) == last;
    }

    /// <summary>A job of the lane is being handled, until the returned object is disposed.</summary>
    public IDisposable Enter()
    {
        Interlocked.Increment(ref jobs);
        return new Leave(this);
    }

    /// <summary>A job was sent to it.</summary>
    public void Touch() => Volatile.Write(ref lastJob, clock.GetTimestamp());

    /// <summary>Stops deliveries for a time; jobs stay in the broker, and new ones queue behind them.</summary>
    public Task Rest(TimeSpan time) => Rest(this, async () =>
    {
        using var over = new CancellationTokenSource(time < LongestRest ? time : LongestRest, clock);
        await using var ended = over.Token.UnsafeRegister(_ => Wake(), null);
        await Volatile.Read(ref awake).Task;
    });

    /// <summary>Ends a timed rest, because the limit has changed.</summary>
    public void Wake() =>
        Interlocked.Exchange(ref awake, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <summary>The same until the end of a credential's pause.</summary>
    public Task Rest(CredentialPause pause) => Rest(pause, () => pause.Over);

    /// <summary>Makes sure, once, that its queue exists before a job is sent to it.</summary>
    public Task Declared(Func<Task> declare)
    {
        lock (guard)
            return declared is { IsFaulted: false, IsCanceled: false } done ? done : declared = declare();
    }

    /// <summary>It is not its turn to be consumed.</summary>
    public void Stand()
    {
        lock (guard)
        {
            (isResting, prefetch) = (true, 0);
            _ = Disconnect();
        }
    }

    /// <summary>Consumes it with this number of concurrent jobs, unless it rests for another reason.</summary>
    public void Open(int atOnce)
    {
        lock (guard)
        {
            prefetch = atOnce;
            isResting = reasons.Count > 0;
            if (isResting)
                return;
            _ = Disconnect();
            endpoint = connect(opened with { Prefetch = prefetch });
        }
        Touch();
    }

    /// <summary>
    /// Takes one job from a lane that rests because of a pause. False: it does not rest, or takes one already.
    /// </summary>
    public bool Try(CredentialPause pause)
    {
        lock (guard)
        {
            if (endpoint is not null || reasons.Count != 1 || !reasons.Contains(pause))
                return false;
            endpoint = connect(opened with { Prefetch = 1 });
            return true;
        }
    }

    async Task Rest(object reason, Func<Task> over)
    {
        // Both in one step, or a job that is just being moved there would connect it again.
        Task stopping;
        lock (guard)
        {
            (isResting, stopping) = (true, Disconnect());
            if (!reasons.Add(reason))
                return;
        }
        // If the broker is away, it has stopped already.
        await stopping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await over();
        lock (guard)
        {
            reasons.Remove(reason);
            if (reasons.Count > 0)
                return;
            // It may have taken single jobs.
            stopping = Disconnect();
        }
        await stopping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Touch();
        lock (guard)
        {
            // If it waits for its turn, the turn opens it.
            if (reasons.Count > 0 || prefetch == 0)
                return;
            isResting = false;
            endpoint ??= connect(opened with { Prefetch = prefetch });
        }
    }

    /// <summary>Stops taking jobs; waiting ones stay in the broker.</summary>
    public Task Disconnect()
    {
        lock (guard)
        {
            var stopping = endpoint?.Stop() ?? Task.CompletedTask;
            endpoint = null;
            return stopping;
        }
    }

    sealed class Leave(Lane lane) : IDisposable
    {
        public void Dispose()
        {
            lane.Touch();
            Interlocked.Decrement(ref lane.jobs);
        }
    }
}
