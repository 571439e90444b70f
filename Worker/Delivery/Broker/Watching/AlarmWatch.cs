using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Telemetry;
using RabbitMQ.Client;

namespace OpenAIWorker.Delivery.Broker.Watching;

/// <summary>
/// Notices the broker's alarms before a call is paid for. RabbitMQ reports an alarm to a connection when it publishes,
/// and the worker's own connection publishes only after a call. So a second connection publishes an empty message to no
/// queue, once a second.
/// </summary>
sealed partial class AlarmWatch(BrokerAlarm alarm, IOptions<BrokerOptions> options, QueueNames topology,
    TimeProvider clock, ILogger<AlarmWatch> logger) : SteadyWork(clock, logger)
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    readonly Log log = new(logger);

    protected override async Task Work(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Watch(stoppingToken);
            }
            catch (Exception away) when (away is OperationCanceledException
                || BrokerConnection.MayReturn(away, stoppingToken))
            {
                // The endpoints report it.
            }
            // A stopping worker still has endings to send, and must know whether it can.
            if (!stoppingToken.IsCancellationRequested)
                Over();
            await Task.Delay(Every, Clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task Watch(CancellationToken cancellation)
    {
        var connection = await BrokerConnection.Open(options.Value, "alarms", cancellation, recovers: false);
        try
        {
            await Watch(connection, cancellation);
        }
        finally
        {
            // A broker with an alarm does not read a request to close the connection.
            await connection.AbortAsync(Every);
        }
    }

    async Task Watch(IConnection connection, CancellationToken cancellation)
    {
        connection.ConnectionBlockedAsync += (_, blocked) =>
        {
            if (alarm.Raise())
                log.Blocked(blocked.Reason);
            return Task.CompletedTask;
        };
        connection.ConnectionUnblockedAsync += (_, _) =>
        {
            Over();
            return Task.CompletedTask;
        };
        var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        while (channel.IsOpen)
        {
            if (!alarm.IsOn)
                await channel.BasicPublishAsync("", topology.Nowhere, mandatory: false, ReadOnlyMemory<byte>.Empty,
                    cancellation);
            await Task.Delay(Every, Clock, cancellation);
        }
    }

    void Over()
    {
        if (alarm.End())
            log.Unblocked();
    }

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(16, LogLevel.Error,
            "The broker accepts no messages ({Reason}), because its memory or disk is full. No call starts until it "
                + "does")]
        public partial void Blocked(string reason);

        [LoggerMessage(17, LogLevel.Information, "The broker accepts messages again")]
        public partial void Unblocked();
    }
}
