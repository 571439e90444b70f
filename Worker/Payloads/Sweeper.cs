using Amazon.Runtime;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace OpenAIWorker.Payloads;

/// <summary>Removes payloads that were kept for long enough. Every replica sweeps: what one has removed, the others do not find.</summary>
sealed partial class Sweeper(Lazy<IPayloadStore> store, IOptions<PayloadsOptions> options, TimeProvider clock, ILogger<Sweeper> log) : BackgroundService
{
    static readonly TimeSpan Usually = TimeSpan.FromHours(1);

    TimeSpan KeepFor => options.Value.KeepFor;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(KeepFor < Usually ? KeepFor : Usually, clock);
        do
            await Sweep(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    async Task Sweep(CancellationToken stop)
    {
        try
        {
            var removed = await store.Value.DeleteOlderThan(clock.GetUtcNow() - KeepFor, stop);
            if (removed > 0)
                Log.Removed(log, removed, KeepFor);
        }
        catch (Exception away) when (away is IOException or UnauthorizedAccessException or AmazonClientException or HttpRequestException)
        {
            Log.Failed(log, away.Message);
        }
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Removed {Count} payloads that were kept for {KeepFor}")]
        public static partial void Removed(ILogger log, int count, TimeSpan keepFor);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Old payloads could not be removed, and will be later: {Reason}")]
        public static partial void Failed(ILogger log, string reason);
    }
}
