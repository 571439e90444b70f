using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace OpenAIWorker.Delivery;

/// <summary>The one way to the broker: every connection, the bus's included, is made by what is set here.</summary>
static class BrokerConnection
{
    // A node that does not answer stands in the way of the next one for so long.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <exception cref="BrokerAwayException">The broker does not answer, or lets nobody in.</exception>
    public static async Task<IConnection> Open(BrokerOptions broker, string verb, CancellationToken cancellation)
    {
        try
        {
            // A port that speaks something else would hold the client for ever.
            return await Factory(broker, verb).CreateConnectionAsync(cancellation).WaitAsync(2 * Patience * BrokerNodes.Of(broker).Count, cancellation);
        }
        catch (Exception away) when (away is BrokerUnreachableException or TimeoutException)
        {
            throw new BrokerAwayException(BrokerRefusal.Of(away, broker), away);
        }
    }

    /// <summary>For a connection that shows the broker who it is of.</summary>
    public static ConnectionFactory Factory(BrokerOptions broker, string verb)
    {
        var factory = new ConnectionFactory { ClientProvidedName = $"openai-worker {verb}", RequestedConnectionTimeout = Patience };
        Apply(broker, factory);
        return factory;
    }

    /// <summary>Addresses, login and TLS. Files are read anew, so that a certificate which was renewed serves the next connection.</summary>
    public static void Apply(BrokerOptions broker, ConnectionFactory factory)
    {
        factory.Uri = new(broker.Uri!);
        factory.SocketFactory = CoalescedSocket.Open;
        var tls = BrokerTls.Of(broker);
        if (tls.LogsIn)
        {
            factory.AuthMechanisms = [new ExternalMechanismFactory()];
            (factory.UserName, factory.Password) = ("", "");
        }
        // What the client refuses closes its connection, and comes back for ever: RabbitMQ 3.x takes 128 MiB by default.
        var endpoints = BrokerNodes.Of(broker).Select(node => new AmqpTcpEndpoint(node.Host, node.Port, tls.For(node), BrokerOptions.LargestAnywhere)).ToList();
        factory.EndpointResolverFactory = _ => new DefaultEndpointResolver(endpoints);
    }
}
