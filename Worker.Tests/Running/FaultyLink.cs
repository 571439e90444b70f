using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace OpenAIWorker.Tests.Running;

/// <summary>What a link does to its users.</summary>
enum LinkState
{
    /// <summary>Everything passes.</summary>
    Fine,

    /// <summary>Connections are cut, including new ones.</summary>
    Cut,

    /// <summary>New connections are accepted and stay silent.</summary>
    Silent,

    /// <summary>Answers like an overloaded HTTP server.</summary>
    Overloaded,
}

/// <summary>
/// A small TCP proxy in front of a store or a broker. It can cut, fall silent, or answer 503 instead.
/// </summary>
sealed class FaultyLink(string host, int port) : SocketServer
{
    static readonly byte[] Overloaded =
        Encoding.ASCII.GetBytes("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

    readonly ConcurrentDictionary<TcpClient, bool> open = new();
    volatile LinkState state;

    /// <summary>The delay of each piece of data.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>A change cuts the open connections.</summary>
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
            // Cut, or one side closed.
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

    // After the request was read; otherwise a reset could lose the answer.
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
            // The rest of the request.
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
            // The other side has closed.
        }
        client.Dispose();
    }
}
