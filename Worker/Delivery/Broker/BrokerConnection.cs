using System.Net.Sockets;
using System.Threading.Channels;
using OpenAIWorker.Delivery.Broker.Fast;
using OpenAIWorker.Delivery.Broker.Watching;
using OpenAIWorker.Settings;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace OpenAIWorker.Delivery.Broker;

/// <summary>Creates all connections to the broker, including the bus's.</summary>
static class BrokerConnection
{
    // A node that does not answer delays the next one by this time.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // Of two different intervals the shorter one applies; a silent peer is disconnected within twice this time.
    static readonly TimeSpan Heartbeat = SilenceWatch.Longest / 2;

    /// <exception cref="BrokerUnavailableException">The broker does not answer, or refuses all connections.</exception>
    public static async Task<IConnection> Open(BrokerOptions broker, string verb, CancellationToken cancellation,
        bool recovers = true)
    {
        var factory = Factory(broker, verb);
        factory.AutomaticRecoveryEnabled = recovers;
        try
        {
            // A port with another protocol would block the client for ever.
            return await Made(factory, cancellation)
                .WaitAsync(2 * Patience * BrokerNodes.Of(broker).Count, cancellation);
        }
        catch (Exception away) when (IsAway(away, cancellation))
        {
            throw new BrokerUnavailableException(BrokerConnectionFailure.Of(away, broker), away);
        }
    }

    // The client does not wait for access to the virtual host: only the first channel shows it. If the broker closes
    // the connection just then, the client may wait for the channel in vain, or find its own buffer closed.
    static async Task<IConnection> Made(ConnectionFactory factory, CancellationToken cancellation)
    {
        using var closed = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var connection = await factory.CreateConnectionAsync(cancellation);
        ShutdownEventArgs? reason = null;
        connection.ConnectionShutdownAsync += Close;
        try
        {
            if (connection.CloseReason is { } before)
                throw new OperationInterruptedException(before);
            await using var channel = await connection.CreateChannelAsync(cancellationToken: closed.Token);
            connection.ConnectionShutdownAsync -= Close;
            return connection;
        }
        catch (Exception failure)
        {
            var told = reason;
            await connection.DisposeAsync();
            if (told is not null && failure is ChannelClosedException or OperationCanceledException)
                throw new OperationInterruptedException(told);
            throw;
        }

        Task Close(object sender, ShutdownEventArgs why)
        {
            reason = why;
            return closed.CancelAsync();
        }
    }

    /// <summary>
    /// Whether an operation on a connection or a channel failed because of the broker or the network.
    /// </summary>
    public static bool IsAway(Exception failure, CancellationToken cancellation) => failure
        is IOException or SocketException or TimeoutException or ObjectDisposedException
            or OperationCanceledException && !cancellation.IsCancellationRequested
        || BrokerConnectionFailure.IsOfBroker(failure);

    /// <summary>
    /// Whether one of the worker's own connections may recover by itself: the broker is unavailable or refuses it for
    /// now, or a certificate is being replaced.
    /// </summary>
    public static bool MayReturn(Exception failure, CancellationToken cancellation) =>
        failure is BrokerUnavailableException or SettingsException || IsAway(failure, cancellation);

    /// <summary>A factory whose connections show in the broker which program they belong to.</summary>
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
    /// Sets addresses, login and TLS. Files are read each time, so that the next connection uses a renewed certificate.
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
