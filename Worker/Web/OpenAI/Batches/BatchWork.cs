using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenAIWorker.Jobs;
using OpenAIWorker.Storage.Api;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Web.OpenAI.Batches;

/// <summary>Runs batches. Each one runs in only one of several processes.</summary>
sealed partial class BatchWork(Lazy<BatchTools> tools, BatchLeases leases, BatchBell bell,
    IHostApplicationLifetime host, TimeProvider clock, ILogger<BatchWork> logger) : SteadyWork(clock, logger)
{
    const int MostAtOnce = 8;
    static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    static readonly TimeSpan LastWords = TimeSpan.FromSeconds(3);

    readonly Dictionary<string, Task> running = [];

    protected override async Task Work(CancellationToken stop)
    {
        await Started(stop);
        try
        {
            while (true)
            {
                var rung = bell.Next;
                await Round(stop);
                await rung.WaitAsync(Every, Clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                stop.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            await Leave();
        }
    }

    // Nothing can be sent before the bus has started.
    async Task Started(CancellationToken stop)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var told = host.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stop);
    }

    async Task Round(CancellationToken stop)
    {
        foreach (var (id, run) in running.Where(run => run.Value.IsCompleted).ToList())
        {
            running.Remove(id);
            await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        try
        {
            foreach (var id in await leases.Beat(stop))
                if (running.Count < MostAtOnce && !running.ContainsKey(id)
                    && await leases.TakeOver(id, stop) is { } batch)
                    running[id] = Run(batch, stop);
        }
        catch (FailureException)
        {
            // The database is unavailable, which is logged once.
        }
    }

    async Task Run(ApiBatch batch, CancellationToken stop)
    {
        try
        {
            await new ApiBatchRun(batch, tools.Value).Run(stop);
            bell.Ring();
        }
        catch (BatchLostException)
        {
            // Another process continues it.
        }
        catch (Exception broken) when (!stop.IsCancellationRequested)
        {
            Log.BrokeOff(Logger, batch.Id, PlainText.Name(broken.Message));
        }
    }

    async Task Leave()
    {
        await Task.WhenAll(running.Values).WaitAsync(LastWords, Clock)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await ((Task)leases.Leave(CancellationToken.None)).WaitAsync(LastWords, Clock)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        running.Clear();
    }

    static partial class Log
    {
        [LoggerMessage(72, LogLevel.Warning, "{Batch} was interrupted, and continues in a moment: {Reason}")]
        public static partial void BrokeOff(ILogger log, string batch, string reason);
    }
}
