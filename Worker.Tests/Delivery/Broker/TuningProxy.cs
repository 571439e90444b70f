using System.Buffers.Binary;
using System.Net.Sockets;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Delivery.Broker;

/// <summary>A proxy in front of a broker that allows a connection less than the broker does.</summary>
sealed class TuningProxy(Uri broker, ushort channels, uint frame) : SocketServer
{
    // A frame of a method, on channel 0, of 12 bytes: connection.tune.
    static readonly byte[] Tune = [1, 0, 0, 0, 0, 0, 12, 0, 10, 0, 30];

    public Uri Uri => Before(broker);

    protected override async Task Serve(TcpClient client)
    {
        using (client)
        using (var server = await Onward(broker.Host, broker.Port))
            await Join(client.GetStream(), server.GetStream(), answer: Allow);
    }

    Task Allow(Memory<byte> piece)
    {
        if (piece.Span.IndexOf(Tune) is >= 0 and var at)
        {
            BinaryPrimitives.WriteUInt16BigEndian(piece.Span[(at + Tune.Length)..], channels);
            BinaryPrimitives.WriteUInt32BigEndian(piece.Span[(at + Tune.Length + sizeof(ushort))..], frame);
        }
        return Task.CompletedTask;
    }
}
