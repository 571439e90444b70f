using System.Net;
using System.Net.Sockets;

namespace OpenAIWorker.Payloads.Fetched;

/// <summary>
/// Connects to public addresses only. What is checked is the address that is connected to, not a name that may lead
/// elsewhere a moment later.
/// </summary>
static class PublicConnection
{
    public static async ValueTask<Stream> Open(string host, int port, bool mayBePrivate, CancellationToken cancellation)
    {
        var addresses = IPAddress.TryParse(host, out var address)
            ? [address]
            : await Dns.GetHostAddressesAsync(host, cancellation);
        if (!mayBePrivate && !Array.TrueForAll(addresses, PublicAddress.Is))
            throw new NotPublicException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A name or address leads somewhere that is not public.</summary>
sealed class NotPublicException : Exception;
