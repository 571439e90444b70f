using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Seals;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Settings;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace OpenAIWorker.Delivery.Orders;

/// <summary>
/// An operator's side: shows the orders in force, and sends new ones to all workers of an installation.
/// </summary>
sealed class OrderDesk : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly IConnection connection;
    readonly QueueNames topology;
    readonly HeaderSeal seal;

    OrderDesk(IConnection connection, QueueNames topology, HeaderSeal seal) =>
        (this.connection, this.topology, this.seal) = (connection, topology, seal);

    /// <inheritdoc cref="Open(BrokerOptions,QueueNames,HeaderKeyStream,HeaderSeal,CancellationToken)"/>
    public static Task<OrderDesk> Open(IServiceProvider services, CancellationToken cancellation) => Open(
        services.GetRequiredService<IOptions<BrokerOptions>>().Value, services.GetRequiredService<QueueNames>(),
        services.GetRequiredService<HeaderKeyStream>(), services.GetRequiredService<HeaderSeal>(), cancellation);

    /// <exception cref="SettingsException">No worker has ever run there, or the user lacks the right.</exception>
    public static async Task<OrderDesk> Open(BrokerOptions broker, QueueNames topology, HeaderKeyStream keys,
        HeaderSeal seal, CancellationToken cancellation)
    {
        if (broker.IsEmbedded)
            throw new SettingsException(["Broker:Uri is missing. Set it to the workers' broker."]);
        var connection = await BrokerConnection.Open(broker, "operator", cancellation);
        try
        {
            if (!await PassiveDeclaration.OfQueues(connection, [topology.Orders, topology.Seal], cancellation))
                throw new SettingsException(
                    [
                        $"No worker of this version has run on this broker with the prefix '{broker.Prefix}': there "
                            + $"is no queue {topology.Orders}. Is Broker:Prefix or the virtual host of Broker:Uri "
                            + "another one?"]);
            await PassiveDeclaration.Permitted(async () =>
            {
                await keys.Agree(connection, cancellation);
                return true;
            });
            return new(connection, topology, seal);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>The orders in force.</summary>
    public async Task<IReadOnlyList<Order>> InForce(DateTimeOffset now, CancellationToken cancellation)
    {
        var book = new OrderBook(seal);
        await using var reading = await PassiveDeclaration.Permitted(() =>
            StreamReading.Begin(connection, topology.Orders, book.Take, cancellation));
        await reading.CaughtUp.WaitAsync(Patience, cancellation);
        return book.InForce(now);
    }

    /// <summary>Completes when the broker has confirmed it.</summary>
    public Task Send(Order order, CancellationToken cancellation) => PassiveDeclaration.Permitted(async () =>
    {
        var body = order.Written();
        await using var channel = await connection.ConfirmingChannel(cancellation);
        await channel.BasicPublishAsync("", topology.Orders, mandatory: true, OrderBook.Sealed(body, seal), body,
            cancellation);
        return true;
    });

    /// <summary>The number of workers; null if the user may not ask.</summary>
    public Task<int?> Workers(CancellationToken cancellation) => WorkerCount.Of(connection, topology, cancellation);

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
