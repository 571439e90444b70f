using OpenAIWorker.Delivery.Broker;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace OpenAIWorker.Delivery.Topology;

/// <summary>
/// Whether the broker forwards a job whose routing key is not an operation. An exchange that any client may declare
/// cannot have this as an argument; a policy of the broker can (<c>alternate-exchange</c>). Without it the broker drops
/// such a job, and tells the sender only if it publishes with <c>mandatory</c>.
/// </summary>
static class UnknownKeys
{
    /// <summary>The routing key of the test message. A worker that receives it drops it.</summary>
    public const string Probe = "worker.probe";

    // A broker with an alarm accepts nothing.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    static readonly TimeSpan TimeToClose = TimeSpan.FromSeconds(1);

    /// <returns>Null: the broker does not say.</returns>
    public static async Task<bool?> AreCaught(BrokerOptions broker, QueueNames topology, CancellationToken cancellation)
    {
        var connection = await BrokerConnection.Open(broker, "start", cancellation, recovers: false);
        try
        {
            return await AreCaught(connection, topology, cancellation);
        }
        finally
        {
            // A broker with an alarm does not read a request to close the connection.
            await connection.AbortAsync(TimeToClose);
        }
    }

    static async Task<bool?> AreCaught(IConnection connection, QueueNames topology, CancellationToken cancellation)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(Patience);
        try
        {
            var channel = await connection.ConfirmingChannel(time.Token);
            await channel.BasicPublishAsync(topology.Jobs, Probe, mandatory: true,
                new BasicProperties { ContentType = "application/json" }, "{}"u8.ToArray(), time.Token);
            return true;
        }
        catch (PublishException refused)
        {
            return refused.IsReturn ? false : null;
        }
        catch (Exception silent) when (BrokerConnection.IsAway(silent, cancellation))
        {
            return null;
        }
    }
}
