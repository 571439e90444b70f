using System.Net;
using System.Net.Sockets;

namespace OpenAIWorker.Tests.Running;

/// <summary>
/// A server as a plain socket, for what no library of servers would send. It serves each connection by itself until it
/// is disposed.
/// </summary>
abstract class SocketServer : IDisposable, IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource over = new();
    readonly Task listening;

    protected SocketServer()
    {
        listener.Start();
        listening = Listen();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>The server is disposed.</summary>
    protected CancellationToken Over => over.Token;

    public virtual void Dispose()
    {
        over.Cancel();
        listener.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        over.Dispose();
    }

    /// <summary>Serves one connection, and closes it.</summary>
    protected abstract Task Serve(TcpClient client);

    async Task Listen()
    {
        while (!over.IsCancellationRequested)
            _ = Serve(await listener.AcceptTcpClientAsync(over.Token));
    }
}
