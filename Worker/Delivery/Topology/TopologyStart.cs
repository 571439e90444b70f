using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Settings;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace OpenAIWorker.Delivery.Topology;

/// <summary>
/// Runs before the bus: waits for the broker, and declares everything. If a queue or exchange exists with other
/// arguments, the worker stops now, before money is spent; MassTransit would retry for ever.
/// </summary>
sealed partial class TopologyStart(TopologyDeclaration declaration, IOptions<BrokerOptions> options,
    TimeProvider clock, ILogger<TopologyStart> logger)
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    // One for each endpoint, one for each of those that publishes, and some to spare.
    const int FewestChannels = 64;

    // All headers of a message share one frame; a job's state and its sender's headers take almost all of it. This is
    // RabbitMQ's default.
    const uint SmallestFrame = 128 * 1024;

    readonly Log log = new(logger);

    public async Task Run(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await Declare(cancellationToken);
                return;
            }
            catch (BrokerUnavailableException away) when (away.Refusal.IsForGood)
            {
                throw new SettingsException([away.Refusal.Says]);
            }
            catch (BrokerUnavailableException away)
            {
                log.Waiting(away.Refusal.Says);
            }
            catch (OperationInterruptedException refused)
                when (BrokerConnectionFailure.IsOfObject(refused.ShutdownReason))
            {
                throw new SettingsException([
                    "The broker refuses a queue or exchange of this worker: "
                        + $"{BrokerWords.Of(refused.ShutdownReason!.ReplyText)}. Delete it, allow it "
                        + $"to this user, or choose another Broker:Prefix (now {options.Value.Prefix})."]);
            }
            catch (Exception cut) when (BrokerConnection.IsAway(cut, cancellationToken))
            {
                log.Waiting($"the connection broke: {cut.Message}");
            }
            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    async Task Declare(CancellationToken cancellation)
    {
        await using var connection = await BrokerConnection.Open(options.Value, "start", cancellation, recovers: false);
        if (connection.ChannelMax is > 0 and < FewestChannels)
            throw new SettingsException(
                [
                    $"The broker allows {connection.ChannelMax} channels per connection (channel_max), but the "
                        + $"worker needs {FewestChannels}. Raise it."]);
        if (connection.FrameMax is > 0 and < SmallestFrame)
            throw new SettingsException(
                [
                    $"The broker allows {connection.FrameMax} bytes per frame (frame_max), but the worker needs "
                        + $"{SmallestFrame}, RabbitMQ's default, for the headers of jobs that wait. Raise it."]);
        await declaration.Declare(connection, options.Value.Quorum, cancellation);
    }

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(10, LogLevel.Warning, "Waiting for the broker: {Reason}")]
        public partial void Waiting(string reason);
    }
}
