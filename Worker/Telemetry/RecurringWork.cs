using Microsoft.Extensions.Logging;

namespace OpenAIWorker.Telemetry;

/// <summary>Work that is repeated beside the jobs. A run that fails is logged, and repeated the next time.</summary>
abstract partial class RecurringWork(TimeProvider clock, ILogger log) : SteadyWork(clock, log)
{
    bool failed;

    /// <summary>The interval between runs.</summary>
    protected abstract TimeSpan Every { get; }

    /// <summary>One run.</summary>
    protected abstract Task Run(CancellationToken stop);

    protected sealed override async Task Work(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Every, Clock);
        do
            await RunOnce(stop);
        while (await timer.WaitForNextTickAsync(stop));
    }

    async Task RunOnce(CancellationToken stop)
    {
        try
        {
            await Run(stop);
            failed = false;
        }
        catch (Exception broken) when (!IsOver(broken, stop))
        {
            if (!failed)
                Log.Failed(Logger, GetType().Name, Every, PlainText.Name(broken.Message));
            failed = true;
        }
    }

    static partial class Log
    {
        [LoggerMessage(36, LogLevel.Warning, "{Work} failed, and is tried again every {Every}: {Reason}")]
        public static partial void Failed(ILogger log, string work, TimeSpan every, string reason);
    }
}
