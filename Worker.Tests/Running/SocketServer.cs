using System.Net;
using System.Net.Sockets;

namespace OpenAIWorker.Tests.Running;

/// <summary>
/// A server as a plain socket, for data that no server library would send. It serves each connection separately until
/// it is disposed.
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

    /// <summary>A stream for data on its way, in which it may be changed.</summary>
    protected delegate Task Passing(Memory<byte> piece);

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>The server was disposed.</summary>
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
    /// The server's address for clients that go through this one. For a server in a container it is another one.
    /// </summary>
    public Uri Before(Uri server) => new UriBuilder(server) { Host = Host, Port = Port }.Uri;

    /// <summary>A connection to the server behind this one.</summary>
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

    /// <summary>Passes data in both directions until one side closes.</summary>
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
