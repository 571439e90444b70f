using System.Net;
using System.Net.Sockets;

namespace OpenAIWorker.Tests.Running;

/// <summary>
/// A server as a plain socket, for what no library of servers would send. It serves each connection by itself until it
/// is disposed.
/// </summary>
abstract class SocketServer : IDisposable, IAsyncDisposable
{
    public const string Host = "127.0.0.1";

    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource over = new();
    readonly Task listening;

    protected SocketServer()
    {
        listener.Start();
        listening = Listen();
    }

    /// <summary>What an answer or a question goes through on its way, which may be changed.</summary>
    protected delegate Task Passing(Memory<byte> piece);

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

    /// <summary>
    /// The address of a server as those see it who go through this one. A server in a container is elsewhere.
    /// </summary>
    public Uri Before(Uri server) => new UriBuilder(server) { Host = Host, Port = Port }.Uri;

    /// <summary>A connection to the server that this one stands before.</summary>
    protected async Task<TcpClient> Onward(string host, int port)
    {
        var server = new TcpClient { NoDelay = true };
        try
        {
            await server.ConnectAsync(host, port, Over);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Hands on what both say, until one of them leaves.</summary>
    protected Task Join(Stream client, Stream server, Passing? question = null, Passing? answer = null) =>
        Task.WhenAny(Copy(client, server, question), Copy(server, client, answer));

    async Task Copy(Stream from, Stream to, Passing? passing)
    {
        var buffer = new byte[64 * 1024];
        for (int read; (read = await from.ReadAsync(buffer, Over)) > 0; await to.WriteAsync(buffer.AsMemory(0, read),
            Over))
            await (passing?.Invoke(buffer.AsMemory(0, read)) ?? Task.CompletedTask);
    }

    async Task Listen()
    {
        while (!over.IsCancellationRequested)
            _ = Serve(await listener.AcceptTcpClientAsync(over.Token));
    }
}
