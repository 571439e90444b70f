using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace OpenAIWorker.Delivery;

/// <summary>A connection of a verb's own, beside the bus.</summary>
static class BrokerConnection
{
    /// <exception cref="BrokerAwayException">The broker does not answer, or lets nobody in.</exception>
    public static async Task<IConnection> Open(BrokerOptions broker, string verb, CancellationToken cancellation)
    {
        try
        {
            return await new ConnectionFactory { Uri = new(broker.Uri!), ClientProvidedName = $"openai-worker {verb}" }.CreateConnectionAsync(cancellation);
        }
        catch (BrokerUnreachableException unreachable)
        {
            throw new BrokerAwayException(unreachable);
        }
    }
}
