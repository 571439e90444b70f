using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAIWorker.Jobs;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Storage.Records;

/// <summary>Runs beside the jobs: gives signs of life, and deletes old records, a few at a time.</summary>
/// <param name="upkeep">Created on demand, because hosted services are created before settings are checked.</param>
/// <param name="options">Whether records are kept.</param>
/// <param name="clock">The clock.</param>
/// <param name="logger">Logs failures.</param>
sealed class RecordKeeping(Lazy<RecordUpkeep> upkeep, IOptions<RecordsOptions> options, TimeProvider clock,
    ILogger<RecordKeeping> logger) : RecurringWork(clock, logger)
{
    static readonly TimeSpan LastWords = TimeSpan.FromSeconds(3);
    static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(1);

    long? swept;

    protected override TimeSpan Every => WorkerRegister.Every;

    public override Task StartAsync(CancellationToken cancellationToken) =>
        options.Value.IsOn ? base.StartAsync(cancellationToken) : Task.CompletedTask;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (options.Value.IsOn)
            await upkeep.Value.Leave().WaitAsync(LastWords, Clock, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected override async Task Run(CancellationToken stop)
    {
        try
        {
            await upkeep.Value.Beat(stop);
            if (swept is { } last && Clock.GetElapsedTime(last) < SweepEvery)
                return;
            swept = Clock.GetTimestamp();
            await upkeep.Value.Sweep(Clock.GetUtcNow() - options.Value.KeepFor, stop);
        }
        catch (FailureException)
        {
            // The database is unavailable, which is logged once.
        }
    }
}
