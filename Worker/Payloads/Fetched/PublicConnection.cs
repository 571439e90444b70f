using System.Net;
using System.Net.Sockets;

namespace OpenAIWorker.Payloads.Fetched;

/// <summary>
/// Connects to public addresses only. It checks the connected address, not a name that may resolve differently a moment
/// later.
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

/// <summary>A name or address is not public.</summary>
sealed class NotPublicException : Exception;
