using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OpenAIWorker.Telemetry;

/// <summary>
/// Work that is done again and again beside the jobs. A run that fails, by whatever, is told and done again the next time: no such work may end
/// the worker, which .NET's own <see cref="BackgroundService"/> does at the first exception.
/// </summary>
abstract partial class RecurringWork(TimeProvider clock, ILogger log) : BackgroundService
{
    bool failed;

    protected TimeProvider Clock => clock;

    /// <summary>How long from one run to the next.</summary>
    protected abstract TimeSpan Every { get; }

    /// <summary>One run.</summary>
    protected abstract Task Run(CancellationToken stop);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        do
            await RunOnce(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    async Task RunOnce(CancellationToken stop)
    {
        try
        {
            await Run(stop);
            failed = false;
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // The worker stops.
        }
        catch (Exception broken)
        {
            if (!failed)
                Log.Failed(log, GetType().Name, Every, PlainText.Name(broken.Message));
            failed = true;
        }
    }

    static partial class Log
    {
        [LoggerMessage(36, LogLevel.Warning, "{Work} failed, and is done again every {Every}: {Reason}")]
        public static partial void Failed(ILogger log, string work, TimeSpan every, string reason);
    }
}
