using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Broker;

namespace OpenAIWorker.Delivery.Topology;

/// <summary>
/// After the topology was declared: checks what becomes of a job whose routing key is not an operation, and sets the
/// broker's policy for it if the settings name the management API.
/// </summary>
sealed partial class UnknownKeysStart(QueueNames topology, IOptions<BrokerOptions> options, TimeProvider clock,
    ILogger<UnknownKeysStart> logger) : IHostedService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    readonly Log log = new(logger);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        while (!await Caught(cancellationToken))
            await Task.Delay(Pause, clock, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    async Task<bool> Caught(CancellationToken cancellation)
    {
        try
        {
            if (await UnknownKeys.AreCaught(options.Value, topology, cancellation) is false)
                await Catch(cancellation);
            return true;
        }
        catch (Exception away) when (away is BrokerUnavailableException { Refusal.IsForGood: false }
            || BrokerConnection.IsAway(away, cancellation))
        {
            return false;
        }
    }

    async Task Catch(CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(options.Value.Management))
            log.UnknownKeysAreDropped(UnknownKeysPolicy.Command(options.Value, topology));
        else if (await UnknownKeysPolicy.Set(options.Value, topology, cancellation) is { } problem)
            log.PolicyIsNotSet(problem, UnknownKeysPolicy.Command(options.Value, topology));
    }

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(14, LogLevel.Warning,
            "A job whose routing key is not an operation is dropped by the broker without an ending. Set its policy, "
                + "once: {Command}")]
        public partial void UnknownKeysAreDropped(string command);

        [LoggerMessage(15, LogLevel.Warning,
            "A job whose routing key is not an operation is dropped by the broker without an ending, and its policy "
                + "could not be set: {Problem}. By hand: {Command}")]
        public partial void PolicyIsNotSet(string problem, string command);
    }
}
