using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenAIWorker.Limits;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace OpenAIWorker.Delivery;

/// <summary>
/// Asks the broker how many workers there are, and divides the limits among them: every worker has one consumer on the queue of unknown
/// jobs. One that dies is gone with its connection. While the broker is away the last number stands.
/// </summary>
sealed class ReplicaCount(RateLimiter limiter, Topology topology, IOptions<BrokerOptions> options, TimeProvider clock) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>Before the bus: the others are counted, and this one is not among them yet.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var connection = await Connect(cancellationToken);
        limiter.Replicas = await Count(connection, cancellationToken) + 1;
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await Connect(stoppingToken);
                while (true)
                {
                    await Task.Delay(Every, clock, stoppingToken);
                    limiter.Replicas = await Count(connection, stoppingToken);
                }
            }
            catch (Exception away) when (away is BrokerUnreachableException or OperationInterruptedException or IOException)
            {
                await Task.Delay(Every, clock, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                // Stopping, or a question that the broker's end cut off.
            }
        }
    }

    async Task<int> Count(IConnection connection, CancellationToken cancellation)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        return (int)(await channel.QueueDeclarePassiveAsync(topology.Unknown, cancellation)).ConsumerCount;
    }

    Task<IConnection> Connect(CancellationToken cancellation) =>
        new ConnectionFactory { Uri = new(options.Value.Uri!), ClientProvidedName = "openai-worker replicas", AutomaticRecoveryEnabled = false }.CreateConnectionAsync(cancellation);
}
