using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OpenAIWorker.Telemetry;

/// <summary>
/// Work that goes on beside the jobs for as long as the worker runs. If it fails, that is logged, and it begins anew:
/// no such work may end the worker, which .NET's own <see cref="BackgroundService"/> does at the first exception.
/// </summary>
abstract partial class SteadyWork(TimeProvider clock, ILogger log) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected TimeProvider Clock => clock;

    protected ILogger Logger => log;

    /// <summary>Goes on until the worker stops.</summary>
    protected abstract Task Work(CancellationToken stop);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested && !await Ends(stoppingToken))
            await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    async Task<bool> Ends(CancellationToken stop)
    {
        try
        {
            await Work(stop);
            return true;
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            return true;
        }
        catch (Exception broken)
        {
            Log.Failed(log, GetType().Name, broken);
            return false;
        }
    }

    static partial class Log
    {
        [LoggerMessage(37, LogLevel.Error, "{Work} failed, and starts again. Jobs continue")]
        public static partial void Failed(ILogger log, string work, Exception broken);
    }
}
