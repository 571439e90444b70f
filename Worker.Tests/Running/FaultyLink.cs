using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace OpenAIWorker.Tests.Running;

/// <summary>What a link does to those who use it.</summary>
enum LinkState
{
    /// <summary>All goes through.</summary>
    Fine,

    /// <summary>Connections are cut, and new ones too.</summary>
    Cut,

    /// <summary>New connections are taken, and hear nothing.</summary>
    Silent,

    /// <summary>An HTTP server that is overloaded answers.</summary>
    Overloaded,
}

/// <summary>
/// A small TCP proxy before a store or a broker, which cuts, falls silent, or answers 503 in its place.
/// </summary>
sealed class FaultyLink(string host, int port) : SocketServer
{
    static readonly byte[] Overloaded =
        Encoding.ASCII.GetBytes("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

    readonly ConcurrentDictionary<TcpClient, bool> open = new();
    volatile LinkState state;

    /// <summary>How long all that goes through is held up, piece by piece.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>A change cuts what is connected.</summary>
    public LinkState State
    {
        get => state;
        set
        {
            state = value;
            foreach (var client in open.Keys)
                Reset(client);
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        State = LinkState.Cut;
    }

    protected override async Task Serve(TcpClient client)
    {
        open[client] = true;
        try
        {
            if (state == LinkState.Fine)
                await Join(client);
            else if (state == LinkState.Overloaded)
                await Refuse(client);
            else if (state == LinkState.Silent)
                await client.GetStream().CopyToAsync(Stream.Null);
        }
        catch (Exception broken) when (
            broken is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut, or one of both left.
        }
        finally
        {
            Reset(client);
        }
    }

    async Task Join(TcpClient client)
    {
        using var target = await Onward(host, port);
        open[target] = true;
        await Join(client.GetStream(), target.GetStream(), _ => Hold(), _ => Hold());
        open.TryRemove(target, out _);
    }

    Task Hold() => Delay > TimeSpan.Zero ? Task.Delay(Delay, Over) : Task.CompletedTask;

    // Once the request has been read: else the answer could get lost in a reset.
    static async Task Refuse(TcpClient client)
    {
        var stream = client.GetStream();
        var request = new byte[16384];
        var (read, text) = (0, "");
        while (!text.Contains("\r\n\r\n", StringComparison.Ordinal) && (read = await stream.ReadAsync(request)) > 0)
            text += Encoding.ASCII.GetString(request, 0, read);
        await stream.WriteAsync(Overloaded);
        client.Client.Shutdown(SocketShutdown.Send);
        while (await stream.ReadAsync(request) > 0)
        {
            // The rest of what it sends.
        }
    }

    void Reset(TcpClient client)
    {
        open.TryRemove(client, out _);
        try
        {
            if (client.Client is { } socket)
                socket.LingerState = new(true, 0);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // It has left.
        }
        client.Dispose();
    }
}
