using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAIWorker.Settings;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace OpenAIWorker.Delivery;

/// <summary>
/// Before the bus: waits for the broker, and declares everything there. What stands there otherwise stops the worker now, before money is
/// spent; MassTransit would try again for ever.
/// </summary>
sealed partial class TopologyStart(TopologyDeclaration declaration, IOptions<BrokerOptions> options, TimeProvider clock, ILogger<TopologyStart> logger) : IHostedService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    readonly Log log = new(logger);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var connection = await Connect(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        try
        {
            await declaration.Declare(channel, options.Value.Quorum, cancellationToken);
        }
        catch (OperationInterruptedException refused) when (refused.ShutdownReason is { ReplyCode: Constants.PreconditionFailed or Constants.AccessRefused } reason)
        {
            throw new SettingsException([
                $"The broker refuses a queue or exchange of this worker: {reason.ReplyText} Delete what stands there, allow it to this user, or choose another Broker:Prefix (now {options.Value.Prefix})."]);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    async Task<IConnection> Connect(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await BrokerConnection.Open(options.Value, "start", cancellation);
            }
            catch (BrokerAwayException away) when (!away.Refusal.IsForGood)
            {
                log.Waiting(away.Refusal.Says);
                await Task.Delay(Pause, clock, cancellation);
            }
            catch (BrokerAwayException refused)
            {
                throw new SettingsException([refused.Refusal.Says]);
            }
        }
    }

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(10, LogLevel.Warning, "Waiting for the broker: {Reason}")]
        public partial void Waiting(string reason);
    }
}
