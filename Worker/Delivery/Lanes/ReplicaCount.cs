using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Limits;
using OpenAIWorker.Telemetry;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace OpenAIWorker.Delivery.Lanes;

/// <summary>
/// Asks the broker how many workers there are, and divides the limits among them. Every worker has a consumer on one
/// queue, from before its first job until its connection ends. While the broker is away, the last number applies.
/// </summary>
sealed class ReplicaCount(RateLimiter limiter, QueueNames topology, IOptions<BrokerOptions> options, TimeProvider clock,
    ILogger<ReplicaCount> log) : SteadyWork(clock, log)
{
    static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    IConnection? connection;
    IChannel? channel;
    AsyncEventingBasicConsumer? consumer;

    /// <summary>Before the bus starts, so that the others reduce their share before this worker calls.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Enter(cancellationToken);
            await Count(cancellationToken);
        }
        catch (Exception away) when (BrokerConnection.MayReturn(away, cancellationToken))
        {
            // Asked again soon.
        }
        await base.StartAsync(cancellationToken);
    }

    protected override async Task Work(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Every, Clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                // The broker ends a consumer only if its queue is deleted.
                if (channel is not { IsOpen: true } || consumer is not { IsRunning: true })
                    await Enter(stoppingToken);
                await Count(stoppingToken);
            }
            catch (Exception away) when (away is OperationCanceledException
                || BrokerConnection.MayReturn(away, stoppingToken))
            {
                // Asked again soon; a certificate that is being replaced has its key by then.
            }
        }
        await Leave();
    }

    async Task Enter(CancellationToken cancellation)
    {
        await Leave();
        connection = await BrokerConnection.Open(options.Value, "presence", cancellation, recovers: false);
        channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        consumer = new(channel);
        await channel.BasicConsumeAsync(topology.Workers, autoAck: false, consumer, cancellation);
    }

    async Task Count(CancellationToken cancellation) =>
        limiter.Replicas = (int)(await channel!.QueueDeclarePassiveAsync(topology.Workers, cancellation)).ConsumerCount;

    async Task Leave()
    {
        if (channel is not null)
            await channel.DisposeAsync();
        if (connection is not null)
            await connection.DisposeAsync();
        (channel, connection) = (null, null);
    }
}
