using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace OpenAIWorker.Chaos;

/// <summary>
/// Stands between the workers and a server. It connects to the first server that answers, can cut every connection like
/// a failing switch, and can be slow.
/// </summary>
sealed class CuttingProxy : IDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly IReadOnlyList<IPEndPoint> targets;
    readonly ConcurrentDictionary<TcpClient, bool> open = new();

    public CuttingProxy(IReadOnlyList<IPEndPoint> targets)
    {
        this.targets = targets;
        listener.Start();
        _ = Accept();
    }

    /// <summary>The delay of each piece of data.</summary>
    public TimeSpan Delay { get; set; }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <returns>How many connections were cut.</returns>
    public int Cut()
    {
        var cut = open.Keys.ToList();
        foreach (var client in cut)
            Reset(client);
        return cut.Count;
    }

    public void Dispose()
    {
        listener.Dispose();
        Cut();
    }

    async Task Accept()
    {
        try
        {
            while (true)
                _ = Join(await listener.AcceptTcpClientAsync());
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    async Task Join(TcpClient worker)
    {
        open[worker] = true;
        try
        {
            if (await Connect() is not { } broker)
                return;
            using (broker)
                await Task.WhenAny(Copy(worker, broker), Copy(broker, worker));
        }
        finally
        {
            Reset(worker);
        }
    }

    async Task<TcpClient?> Connect()
    {
        foreach (var target in targets)
        {
            var client = new TcpClient { NoDelay = true };
            try
            {
                await client.ConnectAsync(target);
                return client;
            }
            catch (SocketException)
            {
                client.Dispose();
            }
        }
        return null;
    }

    async Task Copy(TcpClient from, TcpClient to)
    {
        try
        {
            var buffer = new byte[81920];
            for (int read; (read = await from.GetStream().ReadAsync(buffer)) > 0;)
            {
                if (Delay > TimeSpan.Zero)
                    await Task.Delay(Delay);
                await to.GetStream().WriteAsync(buffer.AsMemory(0, read));
            }
        }
        catch (Exception broken) when (broken is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut, or closed by the other side.
        }
    }

    void Reset(TcpClient client)
    {
        if (!open.TryRemove(client, out _))
            return;
        // Without a goodbye: the peer sees a reset.
        client.LingerState = new(true, 0);
        client.Dispose();
    }
}
