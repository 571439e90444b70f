using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAIWorker.Settings;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Delivery.Broker.Watching;

/// <summary>
/// Ends a worker that has had no consumers for a minute although its broker answers or refuses its user: then only a
/// restart helps. While the broker itself is away the worker waits, so that running calls survive.
/// </summary>
sealed partial class DeafnessWatch(
    BrokerConnectionState state, WorkerExit exit, IOptions<BrokerOptions> options, IHostApplicationLifetime host,
    TimeProvider clock, ILogger<DeafnessWatch> logger) : SteadyWork(clock, logger)
{
    // MassTransit retries after at most 30 s.
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    readonly Log log = new(logger);

    protected override async Task Work(CancellationToken stoppingToken)
    {
        long? since = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Every, Clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (state.IsUp || !host.ApplicationStarted.IsCancellationRequested
                || await Answer(stoppingToken) is not { } says)
                since = null;
            else if (Clock.GetElapsedTime(since ??= Clock.GetTimestamp()) >= Longest)
            {
                End(says);
                return;
            }
        }
    }

    void End(string says)
    {
        (state.IsDeaf, exit.Code) = (true, WorkerExit.Deaf);
        log.Deaf(says);
        host.StopApplication();
    }

    // Null: there is no answer.
    async Task<string?> Answer(CancellationToken cancellation)
    {
        try
        {
            await using var connection = await BrokerConnection.Open(options.Value, "try", cancellation,
                recovers: false);
            return "The broker answers";
        }
        catch (BrokerUnavailableException away)
        {
            return away.Refusal.IsForGood ? away.Refusal.Says : null;
        }
        catch (SettingsException unfit)
        {
            return unfit.Message;
        }
        catch (Exception away) when (away is OperationCanceledException || BrokerConnection.IsAway(away, cancellation))
        {
            return null;
        }
    }

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(18, LogLevel.Critical,
            "No job has arrived for a minute: {Answer}. The worker ends, so that its supervisor restarts it")]
        public partial void Deaf(string answer);
    }
}
