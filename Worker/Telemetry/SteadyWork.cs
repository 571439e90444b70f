using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OpenAIWorker.Telemetry;

/// <summary>
/// Background work that runs as long as the worker. If it fails, this is logged and it starts again: it must not end
/// the worker, as .NET's own <see cref="BackgroundService"/> does at the first exception.
/// </summary>
abstract partial class SteadyWork(TimeProvider clock, ILogger log) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected TimeProvider Clock => clock;

    protected ILogger Logger => log;

    /// <summary>Runs until the worker stops.</summary>
    protected abstract Task Work(CancellationToken stop);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested && !await Ends(stoppingToken))
            await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>
    /// Whether the worker stops, or was disposed of because another part could not start, which nobody tells those that
    /// have.
    /// </summary>
    protected static bool IsOver(Exception broken, CancellationToken stop) => stop.IsCancellationRequested
        || broken is ObjectDisposedException { ObjectName: nameof(IServiceProvider) };

    async Task<bool> Ends(CancellationToken stop)
    {
        try
        {
            await Work(stop);
            return true;
        }
        catch (Exception broken) when (IsOver(broken, stop))
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
