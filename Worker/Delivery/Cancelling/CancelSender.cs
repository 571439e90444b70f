using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Orders;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Json;
using OpenAIWorker.Settings;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace OpenAIWorker.Delivery.Cancelling;

/// <summary>Sends <see cref="CancelJob"/> to the exchange that producers use.</summary>
sealed class CancelSender : IAsyncDisposable
{
    readonly IConnection connection;
    readonly IChannel channel;
    readonly QueueNames topology;
    readonly TimeProvider clock;

    CancelSender(IConnection connection, IChannel channel, QueueNames topology, TimeProvider clock) =>
        (this.connection, this.channel, this.topology, this.clock) = (connection, channel, topology, clock);

    public static async Task<CancelSender> Open(BrokerOptions broker, QueueNames topology, TimeProvider clock,
        CancellationToken cancellation)
    {
        var connection = await BrokerConnection.Open(broker, "cancel", cancellation);
        return new(connection, await connection.ConfirmingChannel(cancellation), topology, clock);
    }

    /// <summary>Completes when the broker has confirmed it.</summary>
    /// <exception cref="SettingsException">An id is invalid, or no worker has ever run there.</exception>
    public async Task Send(CancelJob cancel, CancellationToken cancellation)
    {
        if (CancelTarget.Of(cancel) is null)
            throw new SettingsException(
                [
                    $"'{Excerpt.Marked(cancel.JobId ?? cancel.Group ?? cancel.Tenant ?? "", 60)}' is not an id: ids of "
                        + "jobs and groups have 1 to 256 characters, and a tenant 1 and more."]);
        var now = clock.GetUtcNow();
        var properties = new BasicProperties
        {
            ContentType = "application/json",
            Persistent = true,
            Timestamp = new(now.ToUnixTimeSeconds()),
            Headers = new Dictionary<string, object?> { [SentTimestamp.Header] = now.ToUnixTimeMilliseconds() },
        };
        try
        {
            await PassiveDeclaration.Permitted(async () =>
            {
                await channel.BasicPublishAsync(topology.Jobs, TopologyDeclaration.CancelKey, mandatory: true,
                    properties, JsonSerializer.SerializeToUtf8Bytes(cancel, ContractJson.Default.CancelJob),
                    cancellation);
                return true;
            });
        }
        catch (Exception missing)
            when (missing is PublishReturnException
                or OperationInterruptedException { ShutdownReason.ReplyCode: Constants.NotFound }
                or AlreadyClosedException { ShutdownReason.ReplyCode: Constants.NotFound })
        {
            throw new SettingsException(
                [
                    $"No worker has run on this broker with the prefix of the exchange {topology.Jobs}: there are "
                        + "no jobs to cancel. Check Broker:Prefix and the virtual host of Broker:Uri."]);
        }
    }

    /// <summary>The number of workers; null if the user may not ask.</summary>
    public Task<int?> Workers(CancellationToken cancellation) => WorkerCount.Of(connection, topology, cancellation);

    public async ValueTask DisposeAsync()
    {
        await channel.DisposeAsync();
        await connection.DisposeAsync();
    }
}
