using OpenAIWorker.Emulator;
using OpenAIWorker.Emulator.Billing;
using OpenAIWorker.Emulator.Limits;
using OpenAIWorker.Rig;

namespace OpenAIWorker.Bench;

/// <summary>The emulator, workers, publisher and subscriber of one measurement.</summary>
sealed class Stage : IAsyncDisposable
{
    const string Prefix = "bench";
    static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    readonly TimeProvider clock = TimeProvider.System;
    readonly Stack<IAsyncDisposable> open = new();
    readonly Dictionary<string, DateTimeOffset> published = [];
    readonly List<WorkerProcess> workers = [];

    public OpenAIEmulator Emulator { get; private set; } = null!;

    public Publisher Publisher { get; private set; } = null!;

    public Subscriber Subscriber { get; private set; } = null!;

    public IReadOnlyList<WorkerProcess> Workers => workers;

    public LimitHistory Limits { get; } = new();

    /// <summary>When each job was published.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Published => published;

    public IEnumerable<ReceivedCall> LimitedCalls => Emulator.Calls.Where(call => call.Model == Prompts.Limited);

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Returns when the workers are ready for jobs.</summary>
    public static async Task<Stage> Open(Site site, Setup setup, CancellationToken cancellation)
    {
        var stage = new Stage();
        try
        {
            await stage.Build(site, setup, cancellation);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    public async Task Publish(IReadOnlyList<Job> jobs, CancellationToken cancellation)
    {
        var now = Now;
        foreach (var job in jobs)
            published[job.Id] = now;
        await Publisher.Publish(jobs, cancellation);
    }

    public void Limit(RateLimit limit)
    {
        Emulator.Limits.Set(Prompts.Limited, limit);
        Limits.Changed(Now, limit);
    }

    /// <returns>Whether it was reached in time.</returns>
    public async Task<bool> Until(Func<bool> isReached, TimeSpan bound, CancellationToken cancellation)
    {
        var begun = clock.GetTimestamp();
        while (!isReached() && clock.GetElapsedTime(begun) < bound)
            await Task.Delay(Glance, clock, cancellation);
        return isReached();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in workers)
            worker.Dispose();
        while (open.TryPop(out var last))
            await last.DisposeAsync();
    }

    async Task Build(Site site, Setup setup, CancellationToken cancellation)
    {
        await site.Broker.Empty();
        Emulator = Opened(await OpenAIEmulator.Start(new() { Latency = setup.Latency, KeptCalls = setup.KeptCalls }));
        if (setup.Limit is { } limit)
            Limit(limit);
        var connection = Opened(await site.Broker.Connect(cancellation));
        Subscriber = Opened(await Subscriber.Open(site.Broker, Prefix, setup.CountsDelays, cancellation));
        for (var number = 1; number <= setup.Workers; number++)
            workers.Add(Start(site, setup, number));
        await Ready(QueueWatch.Until(connection, $"{Prefix}.message-model", setup.Workers, cancellation), site);
        Publisher = Opened(await Publisher.Open(connection, Prefix, cancellation));
    }

    WorkerProcess Start(Site site, Setup setup, int number) => WorkerProcess.Start($"worker-{number}",
    [
        $"--Broker:Uri={Broker.UriAt(site.Broker.Addresses[0].Port)}",
        $"--Broker:Prefix={Prefix}",
        $"--OpenAI:Credentials:default:BaseUrl={Emulator.BaseUrl}",
        "--OpenAI:Credentials:default:ApiKey=any",
        "--Delivery:Concurrency=32",
        .. site.TellsLimits ? setup.LimitSettings() : [],
        .. setup.Settings,
    ], site.NextLog(), setup.Program);

    // A worker that refuses its settings never becomes ready.
    async Task Ready(Task ready, Site site)
    {
        while (await Task.WhenAny(ready, Task.Delay(Glance, clock)) != ready)
        {
            if (workers.Any(worker => worker.IsOver))
                throw new InvalidOperationException($"A worker ended before its first job: {site.Logs} says why.");
        }
        await ready;
    }

    T Opened<T>(T one) where T : IAsyncDisposable
    {
        open.Push(one);
        return one;
    }
}
