using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using RabbitMQ.Client;

namespace OpenAIWorker.Delivery.Broker.Fast;

/// <summary>
/// A socket to the broker, with TLS if the node uses it. RabbitMQ.Client would put TLS above the socket, and the frames
/// could not be checked before it reads them (<see cref="ReadableHeaders"/>).
/// </summary>
sealed class BrokerSocket(Socket socket, SslClientAuthenticationOptions? tls, TimeProvider clock)
    : TcpClientAdapter(socket)
{
    NetworkStream? stream;

    public static ITcpClient Open(AddressFamily family, SslClientAuthenticationOptions? tls) =>
        new BrokerSocket(ConnectionFactoryBase.DefaultSocketFactory(family).Client, tls, TimeProvider.System);

    /// <exception cref="TimeoutException">The peer has accepted the connection, but does not answer in TLS.</exception>
    public override async Task ConnectAsync(IPAddress host, int port, CancellationToken cancellationToken = default)
    {
        await base.ConnectAsync(host, port, cancellationToken);
        var coalesced = new CoalescedStream(Client, clock);
        stream = new ReadableStream(Client, tls is null ? coalesced : await Secure(coalesced, tls, cancellationToken));
    }

    /// <exception cref="InvalidOperationException">It is not connected yet.</exception>
    public override NetworkStream GetStream() =>
        stream ?? throw new InvalidOperationException("The socket is not connected yet.");

    static async Task<Stream> Secure(Stream plain, SslClientAuthenticationOptions tls, CancellationToken cancellation)
    {
        var secure = new SslStream(plain);
        try
        {
            await secure.AuthenticateAsClientAsync(tls, cancellation);
            return secure;
        }
        catch (Exception failure)
        {
            await secure.DisposeAsync();
            if (failure is OperationCanceledException)
                throw new TimeoutException("The peer does not answer in TLS.", failure);
            throw;
        }
    }
}
