using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Payloads;

/// <summary>
/// Deletes old payloads. Every replica sweeps; payloads that one has deleted are not found by the others.
/// </summary>
sealed partial class Sweeper(Lazy<IPayloadStore> store, IOptions<PayloadsOptions> options, TimeProvider clock,
    ILogger<Sweeper> log) : RecurringWork(clock, log)
{
    static readonly TimeSpan Usually = TimeSpan.FromHours(1);

    protected override TimeSpan Every => KeepFor < Usually ? KeepFor : Usually;

    TimeSpan KeepFor => options.Value.KeepFor;

    protected override async Task Run(CancellationToken stop)
    {
        var swept = await store.Value.DeleteOlderThan(Clock.GetUtcNow() - KeepFor, stop);
        if (swept.Deleted > 0)
            Log.Removed(log, swept.Deleted, KeepFor);
        if (swept.Left > 0)
            Log.Left(log, swept.Left, PlainText.Name(swept.Reason ?? ""));
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Deleted {Count} payloads that were kept for {KeepFor}")]
        public static partial void Removed(ILogger log, int count, TimeSpan keepFor);

        [LoggerMessage(Level = LogLevel.Warning,
            Message = "{Count} old payloads could not be deleted, and the next sweep tries again: {Reason}")]
        public static partial void Left(ILogger log, int count, string reason);
    }
}
