using System.Net;
using System.Net.Sockets;

namespace OpenAIWorker.Rig;

/// <summary>Ports of this machine.</summary>
public static class FreePort
{
    /// <summary>A port that is free now.</summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
