using System.Net;
using System.Net.Sockets;

namespace OpenAIWorker.Tests.Broker;

/// <summary>
/// A port for a server that starts a moment later: none of those that the system gives to outgoing connections, of
/// which a run has thousands.
/// </summary>
static class FreePort
{
    const int First = 10_000;
    const int Count = 20_000;

    static int last = Random.Shared.Next(Count);

    public static int Next()
    {
        int port;
        do
            port = First + (int)((uint)Interlocked.Increment(ref last) % Count);
        while (!IsFree(port));
        return port;
    }

    static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
