using System.Buffers.Binary;
using System.Net.Sockets;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Delivery.Broker;

/// <summary>Stands before a broker, and allows less to a connection than the broker does.</summary>
sealed class TuningProxy(Uri broker, ushort channels, uint frame) : SocketServer
{
    // A frame of a method, on channel 0, of 12 bytes: connection.tune.
    static readonly byte[] Tune = [1, 0, 0, 0, 0, 0, 12, 0, 10, 0, 30];

    public Uri Uri => new UriBuilder(broker) { Host = "127.0.0.1", Port = Port }.Uri;

    protected override async Task Serve(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient { NoDelay = true })
        {
            await server.ConnectAsync(broker.Host, broker.Port, Over);
            var (here, there) = (client.GetStream(), server.GetStream());
            await Task.WhenAny(here.CopyToAsync(there, Over), Answers(there, here));
        }
    }

    async Task Answers(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[64 * 1024];
        for (int read; (read = await from.ReadAsync(buffer, Over)) > 0; await to.WriteAsync(buffer.AsMemory(0, read),
            Over))
        {
            if (buffer.AsSpan(0, read).IndexOf(Tune) is not (>= 0 and var at))
                continue;
            BinaryPrimitives.WriteUInt16BigEndian(buffer.AsSpan(at + Tune.Length), channels);
            BinaryPrimitives.WriteUInt32BigEndian(buffer.AsSpan(at + Tune.Length + sizeof(ushort)), frame);
        }
    }
}
