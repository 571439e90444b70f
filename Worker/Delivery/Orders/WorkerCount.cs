using OpenAIWorker.Delivery.Topology;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace OpenAIWorker.Delivery.Orders;

/// <summary>The number of workers on a broker: each one has a consumer on the same queue.</summary>
static class WorkerCount
{
    /// <summary>Null if the user may not ask.</summary>
    public static async Task<int?> Of(IConnection connection, QueueNames topology, CancellationToken cancellation)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        try
        {
            return (int)(await channel.QueueDeclarePassiveAsync(topology.Workers, cancellation)).ConsumerCount;
        }
        catch (OperationInterruptedException refused)
        {
            return refused.ShutdownReason is { ReplyCode: Constants.NotFound } ? 0 : null;
        }
    }
}
