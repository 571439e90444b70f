using System.Net.Sockets;
using OpenAIWorker.Delivery.Broker.Fast;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace OpenAIWorker.Delivery.Broker;

/// <summary>The one way to the broker: every connection, the bus's included, is made by what is set here.</summary>
static class BrokerConnection
{
    // A node that does not answer delays the next one by this time.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // Whichever of two wants the shorter one gets it; within twice this time a peer that has gone silent is left.
    static readonly TimeSpan Heartbeat = SilenceWatch.Longest / 2;

    /// <exception cref="BrokerUnavailableException">The broker does not answer, or refuses all connections.</exception>
    public static async Task<IConnection> Open(BrokerOptions broker, string verb, CancellationToken cancellation,
        bool recovers = true)
    {
        var factory = Factory(broker, verb);
        factory.AutomaticRecoveryEnabled = recovers;
        try
        {
            // A port that speaks something else would hold the client for ever.
            return await Made(factory, cancellation)
                .WaitAsync(2 * Patience * BrokerNodes.Of(broker).Count, cancellation);
        }
        catch (Exception away) when (IsAway(away, cancellation))
        {
            throw new BrokerUnavailableException(BrokerConnectionFailure.Of(away, broker), away);
        }
    }

    // The client does not wait to be let into the virtual host: the first channel shows it.
    static async Task<IConnection> Made(ConnectionFactory factory, CancellationToken cancellation)
    {
        var connection = await factory.CreateConnectionAsync(cancellation);
        try
        {
            await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Whether an operation on a connection or a channel failed because of the broker or of the way there.
    /// </summary>
    public static bool IsAway(Exception failure, CancellationToken cancellation) => failure
        is RabbitMQClientException or IOException or SocketException or TimeoutException or ObjectDisposedException
            or OperationCanceledException && !cancellation.IsCancellationRequested;

    /// <summary>For a connection that shows the broker who it is of.</summary>
    public static ConnectionFactory Factory(BrokerOptions broker, string verb)
    {
        var factory = new ConnectionFactory
        {
            ClientProvidedName = $"openai-worker {verb}",
            RequestedConnectionTimeout = Patience
        };
        Apply(broker, factory);
        return factory;
    }

    /// <summary>
    /// Addresses, login and TLS. Files are read anew, so that a certificate which was renewed serves the next
    /// connection.
    /// </summary>
    public static void Apply(BrokerOptions broker, ConnectionFactory factory)
    {
        factory.Uri = new(broker.Uri!);
        factory.RequestedHeartbeat = Heartbeat;
        var tls = BrokerTls.Of(broker);
        if (tls.LogsIn)
        {
            factory.AuthMechanisms = [new ExternalMechanismFactory()];
            (factory.UserName, factory.Password) = ("", "");
        }
        var round = new NodeRound(BrokerNodes.Of(broker));
        factory.EndpointResolverFactory = _ => round;
        factory.SocketFactory = family => BrokerSocket.Open(family, tls.For(round.Tried));
    }
}
